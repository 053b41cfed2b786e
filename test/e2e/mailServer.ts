import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Takes emails on loopback. */
export class MailServer {
	readonly mails: ParsedMail[] = [];

	private readonly server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _session, done) => {
			void simpleParser(stream).then((mail) => {
				this.mails.push(mail);
				done();
			}, done);
		},
	});

	static async start(): Promise<MailServer> {
		const mailServer = new MailServer();
		await new Promise<void>(
			(resolve) => void mailServer.server.listen(0, '127.0.0.1', () => resolve()),
		);
		return mailServer;
	}

	/** What a user enters in n8n's SMTP credential. */
	credential(): Record<string, unknown> {
		const { port } = this.server.server.address() as { port: number };
		return {
			user: '',
			password: '',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
		};
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}
}
