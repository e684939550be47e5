/** A version of a study's own words. */
export interface StudyText {
  readonly version: number;
  readonly body: string;
}

/** The field that names the version of a study's own words that stood on the page. */
export function studyTextField(studyId: string): string {
  return `studyText-${studyId}`;
}

interface StudyWordsProps {
  readonly study: { readonly id: string; readonly ownText?: StudyText | undefined };
  readonly named: (version: string) => string;
}

/** What a study tells in its own words, as written: a blank line ends a paragraph. */
export function StudyWords({ study: { id, ownText }, named }: StudyWordsProps) {
  const field = <input type="hidden" name={studyTextField(id)} value={ownText?.version ?? 0} />;
  if (ownText === undefined) return field;
  return (
    <div class="wx-stack-s wx-words">
      {field}
      {ownText.body.split(/\n\s*\n/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p class="wx-s wx-2">{named(String(ownText.version))}</p>
    </div>
  );
}
