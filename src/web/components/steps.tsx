import { Icon } from './icon.js';

/** The patient's four steps, in order. */
export const stepNames = ['Agree', 'Choose device', 'Sign in', 'Done'] as const;

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
export function Steps({ place }: { readonly place: Place }) {
  return (
    <nav aria-label="Progress" class="wx-full">
      <ol class="wx-steps">
        {stepNames.map((name, index) => {
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
                {state === 'done' ? <span class="visually-hidden"> (done)</span> : null}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
