import type { Texts } from '../texts/en.js';
import { Icon } from './icon.js';

export interface Task {
  readonly text: string;
  readonly state: 'done' | 'busy' | 'waiting';
}

interface TasksProps {
  /** The list is renewed by itself where its page looks again. */
  readonly id: string;
  readonly tasks: readonly Task[];
  readonly texts: Texts;
}

/** What the machine does one after the other, and how far it is. */
export function Tasks({ id, tasks, texts }: TasksProps) {
  return (
    <ul class="wx-todo" id={id} data-live="">
      {tasks.map((task) => (
        <TaskLine task={task} texts={texts} />
      ))}
    </ul>
  );
}

const taskLooks = {
  done: { class: 'is-ok', said: 'done', mark: <Icon name="check-circle-fill" /> },
  busy: { class: 'is-busy', said: 'beingDone', mark: <span class="wx-spin is-s" aria-hidden="true" /> },
  waiting: { class: undefined, said: 'toCome', mark: <Icon name="circle" /> },
} as const;

function TaskLine({ task, texts }: { readonly task: Task; readonly texts: Texts }) {
  const look = taskLooks[task.state];
  return (
    <li class={look.class}>
      <span>{look.mark}</span>
      <div>
        {task.text}
        <span class="visually-hidden">{texts.shell[look.said]}</span>
      </div>
    </li>
  );
}
