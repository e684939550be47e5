import type { PropsWithChildren } from 'hono/jsx';
import type { AuditLine } from '../../../../db/audit-search.js';
import { Chip } from '../../../components/chip.js';
import { Icon } from '../../../components/icon.js';
import { Cell, Row, RowHead, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { clockSeconds, isoDay } from '../../../components/times.js';
import { adminPaths } from '../../paths.js';
import { type AuditAsked, auditHref } from './audit-address.js';
import { actionWords, actorWords, outcomeWords } from './audit-words.js';

interface AuditTableProps {
  readonly events: readonly AuditLine[];
  readonly asked: AuditAsked;
  readonly openable: ReadonlySet<number>;
  readonly zone: string;
}

/** So many patients are named beside an event; the others are among its details. */
const NAMED = 3;

export function AuditTable({ events, ...props }: AuditTableProps) {
  return (
    <Table
      label="Events"
      columns={[`When, ${props.zone}`, 'Who', 'What', 'Whose data', 'Details']}
      class="is-m"
    >
      {events.map((event) => (
        <AuditRow event={event} {...props} />
      ))}
    </Table>
  );
}

type AuditRowProps = Omit<AuditTableProps, 'events'> & { readonly event: AuditLine };

function AuditRow({ event, asked, openable, zone }: AuditRowProps) {
  const { tone, icon, word } = outcomeWords[event.outcome];
  return (
    <Row>
      <RowHead class="wx-nowrap wx-num">
        <Time at={event.at} zone={zone} as={dayAndSecond} />
      </RowHead>
      <Cell label="Who">
        <Actor event={event} asked={asked} />
      </Cell>
      <Cell label="What">
        <span class="d-block pb-1">{actionWords(event)}</span>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
        <About event={event} />
      </Cell>
      <Cell label="Whose data" class="wx-num">
        <Patients patients={event.patients} openable={openable} most={NAMED} />
      </Cell>
      <Cell>
        <Details event={event} openable={openable} />
      </Cell>
    </Row>
  );
}

function Actor({ event, asked }: Pick<AuditRowProps, 'event' | 'asked'>) {
  const words = actorWords(event);
  if (event.actorId === null) return <>{words}</>;
  return (
    <>
      <a href={auditHref({ ...asked, who: event.actorId, before: undefined })}>{words}</a>
      <small class="wx-num">account {event.actorId}</small>
    </>
  );
}

/** Whose account it was about, where that is somebody else. */
function About({ event: { accountId, accountName, actorId } }: Pick<AuditRowProps, 'event'>) {
  if (accountId === null || accountId === actorId) return null;
  return <small class="pt-1">about {accountName ?? `account ${accountId}`}</small>;
}

interface PatientsProps {
  readonly patients: readonly number[];
  readonly openable: ReadonlySet<number>;
  readonly most: number;
}

function Patients({ patients, openable, most }: PatientsProps) {
  if (patients.length === 0) return <>–</>;
  return (
    <>
      {patients.slice(0, most).map((id, index) => (
        <>
          {index === 0 ? '' : ', '}
          {openable.has(id) ? <a href={`${adminPaths.patients}/${id}`}>{id}</a> : id}
        </>
      ))}
      {patients.length > most ? ` and ${patients.length - most} more` : ''}
    </>
  );
}

function Details({ event, openable }: Pick<AuditRowProps, 'event' | 'openable'>) {
  const { id, why, requestId, address, patients } = event;
  return (
    <details class="wx-more">
      <summary>
        <Icon name="chevron-right" />
        Details<span class="visually-hidden"> of event {id}</span>
      </summary>
      <dl class="wx-s wx-details">
        <Detail name="Event">{id}</Detail>
        <Detail name="Through">{why}</Detail>
        {requestId === null ? null : <Detail name="Request">{requestId}</Detail>}
        {address === null ? null : <Detail name="Machine">{address}</Detail>}
        {patients.length <= NAMED ? null : (
          <Detail name="Patients">
            <Patients patients={patients} openable={openable} most={patients.length} />
          </Detail>
        )}
      </dl>
    </details>
  );
}

function Detail({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="wx-mono">{children}</dd>
    </div>
  );
}

/** `2026-11-21 10:07:02`: a trail goes over years. */
function dayAndSecond(at: Date, zone: string): string {
  return `${isoDay(at, zone)} ${clockSeconds(at, zone)}`;
}
