import type { PropsWithChildren } from 'hono/jsx';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
}

/** A field with its label above and its help below; what is wrong with it stands under it, in words that mend it. */
export function Field({ id, label, help, problem, children }: PropsWithChildren<FieldProps>) {
  return (
    <div>
      <label class="form-label" for={id}>
        {label}
      </label>
      {children}
      {help === undefined ? null : (
        <p class="form-text mt-1" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem === undefined ? null : (
        <p class="invalid-feedback d-block" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'date' | 'number' | 'url' | 'password';
  readonly value?: string | undefined;
  readonly required?: boolean;
  readonly list?: string;
  /** What the browser may fill in. */
  readonly autocomplete?: string;
}

/** A line to type in. Its name is its id. */
export function TextField({
  type = 'text',
  value,
  required = false,
  list,
  autocomplete = 'off',
  ...field
}: TextFieldProps) {
  const { id, help, problem } = field;
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <Field {...field}>
      <input
        class={problem === undefined ? 'form-control' : 'form-control is-invalid'}
        id={id}
        name={id}
        type={type}
        value={value}
        required={required}
        list={list}
        autocomplete={autocomplete}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={described === '' ? undefined : described}
      />
    </Field>
  );
}

interface SelectFieldProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value?: string | undefined;
}

/** One of several. Its name is its id. */
export function SelectField({ options, value, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      <select class="form-select" id={field.id} name={field.id}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  );
}
