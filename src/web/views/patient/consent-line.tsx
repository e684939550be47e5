import { Chip } from '../../components/chip.js';
import { type DataKind, dataKind } from '../../components/data-kinds.js';
import { KindTile } from '../../components/kind-tile.js';
import { longDate } from '../../components/times.js';
import type { Texts } from '../../texts/en.js';
import type { Reader } from '../../texts/reader.js';
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
  readonly reader: Reader;
}

/** A line to agree to: an empty box while it is open, the answer once there is one. */
export function ConsentRow({ line, seenBy, reader }: RowProps) {
  const kind = dataKind(line.scope, line.name, reader.texts);
  return (
    <li class="wx-consent">
      {line.answer.is === 'open' ? (
        <>
          <Question line={line} kind={kind} texts={reader.texts} />
          <Facts line={line} seenBy={seenBy} reader={reader} />
        </>
      ) : (
        <Answer kind={kind} answer={line.answer} reader={reader} />
      )}
    </li>
  );
}

function Facts({ line, seenBy, reader }: RowProps) {
  const { texts, zone, locale } = reader;
  const { consents } = texts;
  return (
    <dl class="wx-consent-facts" id={`${consentFieldId(line)}-facts`}>
      <div>
        <dt>{consents.from}</dt>
        <dd>{line.from === undefined ? consents.fromToday : longDate(line.from, zone, locale)}</dd>
      </div>
      <div>
        <dt>{consents.whoSees}</dt>
        <dd>{seenBy}</dd>
      </div>
      <div>
        <dt>{consents.howToStop}</dt>
        <dd>{consents.onYourPage}</dd>
      </div>
    </dl>
  );
}

interface QuestionProps {
  readonly line: ConsentLine;
  readonly kind: DataKind;
  readonly texts: Texts;
}

function Question({ line, kind, texts }: QuestionProps) {
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
        <span class="visually-hidden">{texts.consents.iAgreeTo}</span>
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
  readonly reader: Reader;
}

function Answer({ kind, answer, reader }: AnswerProps) {
  const { tone, icon } = answerChips[answer.is];
  return (
    <div class="wx-share">
      <KindTile kind={kind} />
      <div class="wx-row">
        <h3>{kind.label}</h3>
        <Chip tone={tone} icon={icon}>
          {reader.texts.answers[answer.is]}
        </Chip>
      </div>
      <p class="wx-s wx-2">
        {answerMeaning(answer, reader)} {reader.texts.consents.youCanChange}
      </p>
    </div>
  );
}
