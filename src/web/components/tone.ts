/** ok: fine. busy: the machine is at it. warn: a person must act. bad: it failed and stays so. idle: a fact. */
export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle';
