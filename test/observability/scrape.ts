/** What `/metrics` says. */
export interface Scraped {
  readonly text: string;
  readonly samples: readonly Sample[];
  of(name: string): Sample[];
  /** Of the samples of this name with these labels. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export async function readMetrics(url: string): Promise<Scraped> {
  const answer = await fetch(`${url}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answers ${answer.status}`);
  return scrapedOf(await answer.text());
}

export function scrapedOf(text: string): Scraped {
  const samples = text.split('\n').flatMap((line) => sampleOf(line) ?? []);
  const of = (name: string) => samples.filter((sample) => sample.name === name);
  return {
    ...{ text, samples, of },
    sum: (name, wanted = {}) =>
      of(name)
        .filter(({ labels }) => Object.entries(wanted).every(([label, value]) => labels[label] === value))
        .reduce((total, { value }) => total + value, 0),
  };
}

function sampleOf(line: string): Sample | undefined {
  const [, name, inBraces = '', value] = /^([a-z_A-Z:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const labels = Object.fromEntries(
    [...inBraces.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [label, text]),
  );
  return { name, labels, value: Number(value) };
}
