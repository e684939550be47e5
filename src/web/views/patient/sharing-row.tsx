import { Chip } from '../../components/chip.js';
import { dataKind } from '../../components/data-kinds.js';
import { KindTile } from '../../components/kind-tile.js';
import type { Reader } from '../../texts/reader.js';
import { answerChips, answerMeaning } from './answer-words.js';
import type { ConsentLine } from './consent-line.js';

interface RowProps {
  readonly line: ConsentLine;
  readonly study: string;
  readonly reader: Reader;
}

/** One kind of data on the patient's page: how it stands, and the two answers there are. */
export function SharingRow({ line, study, reader }: RowProps) {
  const { texts } = reader;
  const kind = dataKind(line.scope, line.name, texts);
  const { tone, icon } = answerChips[line.answer.is];
  return (
    <li class="wx-share">
      <KindTile kind={kind} />
      <div class="wx-row">
        <h3>{kind.label}</h3>
        <Chip tone={tone} icon={icon}>
          {texts.answers[line.answer.is]}
        </Chip>
      </div>
      <p class="wx-s wx-2">{answerMeaning(line.answer, reader)}</p>
      <fieldset class="wx-choices">
        <legend class="visually-hidden">{texts.sharing.legend(kind.label, study)}</legend>
        <Choice line={line} value="share" label={texts.sharing.share} chosen={line.answer.is === 'agreed'} />
        <Choice
          line={line}
          value="stop"
          label={line.answer.is === 'agreed' ? texts.sharing.stop : texts.sharing.doNotShare}
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
