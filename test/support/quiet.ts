// n8n-core logs every error it hands on; the tests look at the errors themselves.
process.env.N8N_LOG_LEVEL = 'silent';
