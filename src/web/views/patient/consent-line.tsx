import { Chip } from '../../components/chip.js';
import { type DataKind, dataKind } from '../../components/data-kinds.js';
import { KindTile } from '../../components/kind-tile.js';
import { longDate } from '../../components/times.js';
import { answerChips, answerMeaning } from './answer-words.js';

/** The patient's answer to one line; `open` is no answer yet, which is not a refusal. */
export type ConsentAnswer =
  { readonly is: 'open' } | { readonly is: 'agreed' | 'declined' | 'stopped'; readonly at: Date };

/** One kind of data that one study asks for. */
export interface ConsentLine {
  /** Names the line in forms; unique on the page, letters, digits and `-` only. */
  readonly id: string;
  /** `omh:heart-rate:2.0` */
  readonly scope: string;
  /** What the study calls it. */
  readonly name: string;
  /** The first moment whose data is read; absent where reading starts with the answer. */
  readonly from?: Date | undefined;
  readonly answer: ConsentAnswer;
}

/** The id of the field that answers a line. */
export function consentFieldId(line: ConsentLine): string {
  return `share-${line.id}`;
}

interface RowProps {
  readonly line: ConsentLine;
  readonly seenBy: string;
  readonly zone: string;
}

/** A line to agree to: an empty box while it is open, the answer once there is one. */
export function ConsentRow({ line, seenBy, zone }: RowProps) {
  const kind = dataKind(line.scope, line.name);
  return (
    <li class="wx-consent">
      {line.answer.is === 'open' ? (
        <>
          <Question line={line} kind={kind} />
          <Facts line={line} seenBy={seenBy} zone={zone} />
        </>
      ) : (
        <Answer kind={kind} answer={line.answer} zone={zone} />
      )}
    </li>
  );
}

function Facts({ line, seenBy, zone }: RowProps) {
  return (
    <dl class="wx-consent-facts" id={`${consentFieldId(line)}-facts`}>
      <div>
        <dt>From</dt>
        <dd>{line.from === undefined ? 'The day you agree' : longDate(line.from, zone)}</dd>
      </div>
      <div>
        <dt>Who sees it</dt>
        <dd>{seenBy}</dd>
      </div>
      <div>
        <dt>How to stop</dt>
        <dd>On your page, any time. Reading ends at once.</dd>
      </div>
    </dl>
  );
}

function Question({ line, kind }: { readonly line: ConsentLine; readonly kind: DataKind }) {
  const id = consentFieldId(line);
  return (
    <div class="wx-consent-what">
      <input type="hidden" name="shown" value={line.id} />
      <input
        class="form-check-input"
        type="checkbox"
        id={id}
        name="share"
        value={line.id}
        aria-describedby={`${id}-text ${id}-facts`}
      />
      <label for={id}>
        <span class="visually-hidden">I agree to share: </span>
        {kind.label}
      </label>
      <KindTile kind={kind} />
      <p id={`${id}-text`}>{kind.description}</p>
    </div>
  );
}

interface AnswerProps {
  readonly kind: DataKind;
  readonly answer: ConsentAnswer;
  readonly zone: string;
}

function Answer({ kind, answer, zone }: AnswerProps) {
  const { tone, icon, word } = answerChips[answer.is];
  return (
    <div class="wx-share">
      <KindTile kind={kind} />
      <div class="wx-row">
        <h3>{kind.label}</h3>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
      </div>
      <p class="wx-s wx-2">{answerMeaning(answer, zone)} You can change your answer on your page.</p>
    </div>
  );
}
