import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';

interface StudyChoicesProps {
  readonly title: string;
  readonly action: string;
  readonly csrf: string;
  readonly field: string;
  readonly choices: readonly {
    readonly value: string;
    readonly text: string;
    readonly detail: string;
    readonly isChosen: boolean;
  }[];
}

/** Boxes to tick; what is ticked when it is saved is what the study has. */
export function StudyChoices({ title, action, csrf, field, choices }: StudyChoicesProps) {
  return (
    <details class="wx-more card-body">
      <summary>
        <Icon name="chevron-right" />
        {title}
      </summary>
      <PostForm action={action} csrf={csrf} class="wx-stack pt-2">
        <ul class="wx-stack-s">
          {choices.map(({ value, text, detail, isChosen }) => (
            <li class="form-check">
              <input
                class="form-check-input"
                type="checkbox"
                id={`${field}-${value}`}
                name={field}
                value={value}
                checked={isChosen}
              />
              <label class="form-check-label" for={`${field}-${value}`}>
                {text} <small class="wx-2 wx-mono">{detail}</small>
              </label>
            </li>
          ))}
        </ul>
        <div class="wx-actions">
          <button class="btn btn-outline-secondary">Save</button>
        </div>
      </PostForm>
    </details>
  );
}
