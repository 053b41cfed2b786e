// n8n-core logs every error it hands on; the tests check the errors themselves.
process.env.N8N_LOG_LEVEL = 'silent';
