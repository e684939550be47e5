import type { Texts } from '../texts/en.js';
import { Icon } from './icon.js';

export interface Place {
  /** 1 to 4. */
  readonly step: 1 | 2 | 3 | 4;
  /** `now`: at it. `stuck`: the patient has to do something first. `done`: nothing is left. */
  readonly state: 'now' | 'stuck' | 'done';
}

type StepState = Place['state'] | 'ahead';

function stateOf(number: number, place: Place): StepState {
  if (number < place.step) return 'done';
  return number === place.step ? place.state : 'ahead';
}

function Dot({ number, state }: { readonly number: number; readonly state: StepState }) {
  return (
    <span class="wx-dot" aria-hidden="true">
      {state === 'done' ? (
        <Icon name="check-lg" />
      ) : state === 'stuck' ? (
        <Icon name="exclamation-lg" />
      ) : (
        number
      )}
    </span>
  );
}

/** Where the patient is on the way, above every page of it. */
export function Steps({ place, texts }: { readonly place: Place; readonly texts: Texts }) {
  const { shell } = texts;
  return (
    <nav aria-label={shell.progress} class="wx-full">
      <ol class="wx-steps">
        {shell.steps.map((name, index) => {
          const number = index + 1;
          const state = stateOf(number, place);
          return (
            <li
              class={state === 'ahead' ? undefined : `is-${state}`}
              aria-current={number === place.step ? 'step' : undefined}
            >
              <Dot number={number} state={state} />
              <span>
                {name}
                {state === 'done' ? <span class="visually-hidden">{shell.done}</span> : null}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
