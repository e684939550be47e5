// Docker's question to a container: whether its process lives, or, as `node healthcheck.mjs ready`, can do its work. What
// serves answers at PORT, what only works at WORKER_PORT.
const { PORT = '8001', WORKER_PORT = '8002' } = process.env;
const question = process.argv[2] ?? 'health';

const answers = [PORT, WORKER_PORT].map(async (port) => {
  const { ok } = await fetch(`http://127.0.0.1:${port}/${question}`, { signal: AbortSignal.timeout(4000) });
  if (!ok) throw new Error('not well');
});
process.exit(
  await Promise.any(answers).then(
    () => 0,
    () => 1,
  ),
);
