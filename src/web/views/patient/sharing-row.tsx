import { Chip } from '../../components/chip.js';
import { dataKind } from '../../components/data-kinds.js';
import { KindTile } from '../../components/kind-tile.js';
import { answerChips, answerMeaning } from './answer-words.js';
import type { ConsentLine } from './consent-line.js';

interface RowProps {
  readonly line: ConsentLine;
  readonly study: string;
  readonly zone: string;
}

/** One kind of data on the patient's page: how it stands, and the two answers there are. */
export function SharingRow({ line, study, zone }: RowProps) {
  const kind = dataKind(line.scope, line.name);
  const { tone, icon, word } = answerChips[line.answer.is];
  return (
    <li class="wx-share">
      <KindTile kind={kind} />
      <div class="wx-row">
        <h3>{kind.label}</h3>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
      </div>
      <p class="wx-s wx-2">{answerMeaning(line.answer, zone)}</p>
      <fieldset class="wx-choices">
        <legend class="visually-hidden">
          {kind.label}, with {study}
        </legend>
        <Choice line={line} value="share" label="Share" chosen={line.answer.is === 'agreed'} />
        <Choice
          line={line}
          value="stop"
          label={line.answer.is === 'agreed' ? 'Stop' : 'Do not share'}
          chosen={line.answer.is === 'stopped' || line.answer.is === 'declined'}
        />
      </fieldset>
    </li>
  );
}

interface ChoiceProps {
  readonly line: ConsentLine;
  readonly value: 'share' | 'stop';
  readonly label: string;
  readonly chosen: boolean;
}

function Choice({ line, value, label, chosen }: ChoiceProps) {
  const id = `${value}-${line.id}`;
  return (
    <div class="form-check">
      <input
        class="form-check-input"
        type="radio"
        id={id}
        name={`answer-${line.id}`}
        value={value}
        checked={chosen}
      />
      <label class="form-check-label" for={id}>
        {label}
      </label>
    </div>
  );
}
