/** What is read of a mail as it came over SMTP. */
export interface Mail {
	subject: string;
	html: string;
	/** The picture that the HTML shows. */
	image: { type: string; contentId: string; fileName: string; bytes: Buffer };
}

const header = (part: string, name: string): string => {
	const head = part.split(/\r?\n\r?\n/, 1)[0]!.replace(/\r?\n[ \t]+/g, ' ');
	return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
};

const bytesOf = (part: string): Buffer => {
	const body = part.slice(part.search(/\r?\n\r?\n/)).trim();
	const encoding = header(part, 'Content-Transfer-Encoding').toLowerCase();
	if (encoding === 'base64') return Buffer.from(body, 'base64');
	if (encoding !== 'quoted-printable') return Buffer.from(body);
	return Buffer.from(body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))), 'latin1');
};

/** Splits a mail of HTML with one picture into its parts. */
export function readRawMail(raw: string): Mail {
	const boundary = /boundary="([^"]+)"/.exec(header(raw, 'Content-Type'))?.[1] ?? 'none';
	const parts = raw.split(`--${boundary}`).slice(1).map((part) => part.replace(/^\r?\n/, ''));
	const part = (type: string): string => parts.find((one) => header(one, 'Content-Type').startsWith(type)) ?? '';
	const image = part('image/');
	return {
		subject: header(raw, 'Subject'),
		html: bytesOf(part('text/html')).toString(),
		image: {
			type: header(image, 'Content-Type').split(';')[0]!,
			contentId: header(image, 'Content-Id').replace(/[<>]/g, ''),
			fileName: /filename="?([^";]+)/.exec(header(image, 'Content-Disposition'))?.[1] ?? '',
			bytes: bytesOf(image),
		},
	};
}
