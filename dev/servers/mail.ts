import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { requirePort } from './ports.js';
import { mailPage } from './mail-page.js';

export interface CaughtMail {
  readonly at: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

export interface MailRefusal {
  readonly code: number;
  readonly to: 'recipient' | 'letter';
  /** What the server says; `refused` when left out. */
  readonly text?: string;
}

/** A mail server that delivers nothing and shows everything. */
export interface MailCatcher {
  /** For SMTP_URL. */
  readonly smtpUrl: string;
  /** The page with the letters; null without one. */
  readonly pageUrl: string | null;
  /** Oldest first. */
  readonly caught: readonly CaughtMail[];
  /** From now on every letter is refused, as by a full or broken mail server; null: taken again. */
  refuse(reply: MailRefusal | null): void;
  stop(): Promise<void>;
}

/** Keeps this many letters. */
const KEPT = 500;

/** Starts the catcher; `pagePort` null: no page. */
export async function startMailCatcher(pagePort: number | null): Promise<MailCatcher> {
  if (pagePort !== null) await requirePort(pagePort, 'the page of caught mails', 'MAIL_PORT');
  const caught: CaughtMail[] = [];
  let refusal: MailRefusal | null = null;
  const refused = () =>
    Object.assign(new Error(refusal?.text ?? 'refused'), { responseCode: refusal?.code ?? 550 });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      done(refusal?.to === 'recipient' ? refused() : null);
    },
    onData: (stream, _session, done) => {
      void read(stream).then((mail) => {
        if (refusal?.to === 'letter') {
          done(refused());
          return;
        }
        caught.push(mail);
        if (caught.length > KEPT) caught.shift();
        done();
      }, done);
    },
  });
  const listener = smtp.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the mail catcher has no port');
  const page = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(mailPage(caught));
  });
  if (pagePort !== null) await once(page.listen(pagePort, '127.0.0.1'), 'listening');
  return {
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    pageUrl: pagePort === null ? null : `http://localhost:${pagePort}`,
    caught,
    refuse: (reply) => {
      refusal = reply;
    },
    async stop() {
      await new Promise<void>((resolve) => {
        smtp.close(() => {
          resolve();
        });
      });
      if (!page.listening) return;
      page.closeAllConnections();
      await new Promise((resolve) => page.close(resolve));
    },
  };
}

async function read(stream: SMTPServerDataStream): Promise<CaughtMail> {
  const { to, subject, text, messageId } = await PostalMime.parse(await buffer(stream));
  return {
    at: new Date(),
    to: (to ?? []).map(({ address }) => address ?? '').join(', '),
    subject: subject ?? '',
    text: text ?? '',
    messageId: messageId ?? '',
  };
}
