import { createTransport } from 'nodemailer';
import type { Config } from '../config.js';
import { NamedError } from '../errors.js';

/** A letter as it leaves: plain text, so that it is read everywhere and tells nobody when. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for every try to send this letter. */
  readonly messageId: string;
}

/** The mail server of this installation. */
export interface Post {
  readonly isConfigured: boolean;
  /**
   * Hands a letter over; throws NamedError `MailNotConfigured`, `MailRefused` (for good: no such mailbox) or
   * `MailUnsent` (not now). None of them quotes what the server said, which may name the patient.
   */
  send(letter: Letter): Promise<void>;
  close(): void;
}

const PATIENCE_MS = 20_000;
const PERMANENT = 500;

export function createPost({ SMTP_URL: url, MAIL_FROM: from }: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): Post {
  if (url === undefined || from === undefined) {
    const missing = 'SMTP_URL and MAIL_FROM are not set: this installation sends no mail';
    return {
      isConfigured: false,
      send: () => Promise.reject(new NamedError('MailNotConfigured', missing)),
      close: () => undefined,
    };
  }
  const timeouts = {
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  };
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return {
    isConfigured: true,
    async send(letter) {
      try {
        await transport.sendMail({ from, ...letter, headers: { 'Auto-Submitted': 'auto-generated' } });
      } catch (thrown) {
        throw failureOf(thrown);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

function failureOf(thrown: unknown): NamedError {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'responseCode') : undefined;
  const command: unknown = thrown instanceof Error ? Reflect.get(thrown, 'command') : undefined;
  // A refused sign-in is the operator's to mend; a refused recipient stays refused.
  if (typeof code === 'number' && code >= PERMANENT && command === 'RCPT TO')
    return new NamedError('MailRefused', 'the mail server refuses the address of this patient');
  return new NamedError('MailUnsent', 'the mail server did not take the letter');
}
