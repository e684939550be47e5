import { Command } from 'commander';
import { clients } from '../db/clients.js';
import { findPatient, findPatientByEmail } from '../db/patients.js';
import { findPractitionerByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { minuteOf } from '../minute-of.js';
import { recorded } from './recorded.js';
import { withApp } from './run.js';

interface Options {
  readonly client: string;
  readonly by: string;
  readonly email: boolean;
}

export function inviteCommand(): Command {
  const command = new Command('invite')
    .description("issue a patient's invitation and print its link, once")
    .argument('<patient>', 'patient id or e-mail address')
    .option('--client <name>', 'the application the link opens', 'OW Local')
    .option('--by <email>', 'the practitioner who invites', 'manager_mary@example.com')
    .option('--email', 'send the invitation to the address on record as well', false);
  return command.action((who: string, options: Options) =>
    withApp(command, async (app, output) => {
      const patientId = /^\d+$/.test(who) ? Number(who) : await findPatientByEmail(app.sql, who);
      const patient = patientId === undefined ? undefined : await findPatient(app.sql, patientId);
      if (patient === undefined) throw new NamedError('PatientUnknown', `there is no patient ${who}`);
      const client = (await clients(app.sql)).find(({ name }) => name === options.client);
      if (client === undefined)
        throw new NamedError('ClientUnknown', `there is no client named ${options.client}`);
      const issuedBy = await findPractitionerByEmail(app.sql, options.by);
      if (issuedBy === undefined)
        throw new NamedError('PractitionerUnknown', `there is no practitioner ${options.by}`);

      const { issueInvitationFor, sendInvitation } = await import('../invitations.js');
      const wish = { patientId: patient.id, client, issuedBy };
      const invitation = await recorded(app.sql, command, { patients: [patient.id] }, async () =>
        options.email ? sendInvitation(app, wish) : issueInvitationFor(app, wish),
      );
      output.line(
        `Invitation ${invitation.id} for patient ${patient.id}, valid until ${minuteOf(invitation.expiresAt)}:`,
      );
      output.line(invitation.link);
      if (options.email) output.line('It is on its way to the address on record, with a link of its own.');
      output.result(invitation);
    }),
  );
}
