import { z } from 'zod';

/** The first thing that is wrong with each field of a form. */
export function formProblems<Form>(error: z.ZodError<Form>): Partial<Record<keyof Form, string>> {
  const fields = Object.entries<string[] | undefined>(z.flattenError(error).fieldErrors);
  const problems = fields.flatMap(([field, told]) => {
    const first = told?.[0];
    return first === undefined ? [] : [[field, first]];
  });
  return Object.fromEntries(problems) as Partial<Record<keyof Form, string>>;
}
