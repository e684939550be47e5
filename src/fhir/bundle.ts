/** One page of a search. Links are addresses that a client may follow as they are. */
export interface SearchPage<Resource> {
  readonly resources: readonly Resource[];
  /** Null when counting would take longer than the page. */
  readonly total: number | null;
  readonly self: string;
  readonly previous?: string;
  readonly next?: string;
}

export function renderSearchset<Resource>({ resources, total, self, previous, next }: SearchPage<Resource>) {
  return {
    resourceType: 'Bundle' as const,
    type: 'searchset' as const,
    ...(total === null ? {} : { total }),
    entry: resources.map((resource) => ({ resource })),
    link: [
      { relation: 'self', url: self },
      ...(previous === undefined ? [] : [{ relation: 'previous', url: previous }]),
      ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
    ],
    meta: {},
  };
}

/** The FHIR form of every error; `diagnostics` is a fixed text. */
export function renderOutcome(diagnostics: string) {
  return {
    resourceType: 'OperationOutcome' as const,
    issue: [{ severity: 'error' as const, code: 'processing' as const, diagnostics }],
  };
}
