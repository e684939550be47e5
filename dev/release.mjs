// `npm run release`: the packed file, its bill of materials and their sums, in `release/`; says what is missing before.
// docs/releasing.md tells what comes before and after.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (name) => readFileSync(root + name, 'utf8');
const output = (command, ...words) =>
  execFileSync(command, words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).trim();

const { name, version } = JSON.parse(textOf('package.json'));
const missing = [
  [output('git', 'status', '--porcelain') === '', 'something in the tree is not committed'],
  [
    JSON.parse(textOf('package-lock.json')).version === version,
    `package-lock.json is not of ${version}: npm install`,
  ],
  [
    new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm').test(
      textOf('CHANGELOG.md'),
    ),
    `CHANGELOG.md has no heading "## [${version}] - DATE"`,
  ],
  [
    textOf('docs/upgrading.md').includes(`\n## ${version}\n`),
    `docs/upgrading.md has no heading "## ${version}"`,
  ],
].flatMap(([holds, says]) => (holds ? [] : [says]));
for (const says of missing) console.error(`error: ${says}`);
if (missing.length > 0) process.exit(1);

rmSync(`${root}release`, { recursive: true, force: true });
mkdirSync(`${root}release`);
const packed = output('npm', 'pack', '--silent', '--pack-destination', 'release');
const flags = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
const bill = JSON.parse(output('npm', 'sbom', ...flags));
// npm names it by its folder.
bill.metadata.component.name = name;
writeFileSync(`${root}release/sbom.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`);
const sums = [packed, 'sbom.cdx.json'].map((file) => {
  const sum = createHash('sha256').update(readFileSync(`${root}release/${file}`));
  return `${sum.digest('hex')}  ${file}`;
});
writeFileSync(`${root}release/SHA256SUMS`, `${sums.join('\n')}\n`);
console.log(`release/ holds ${packed}, sbom.cdx.json and SHA256SUMS.`);
