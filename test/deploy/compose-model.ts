import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { composeLoader } from './go-programs.js';

export const COMPOSE_FILE = fileURLToPath(new URL('../../docker-compose.yml', import.meta.url));

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).nullable(),
  environment: z.record(z.string(), z.string()).default({}),
});
const model = z.object({ services: z.record(z.string(), service) });

export type ComposeModel = z.infer<typeof model>;

/** A Compose file as Docker takes it, with variables put in; throws what Docker would say. */
export async function loadCompose(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ComposeModel> {
  const loader = await composeLoader();
  return new Promise((resolve, reject) => {
    execFile(loader, [file, 'sandbox', 'mail'], { env: environment }, (failure, stdout, stderr) => {
      if (failure === null) resolve(model.parse(JSON.parse(stdout)));
      else reject(new Error(stderr));
    });
  });
}
