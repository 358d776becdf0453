#!/usr/bin/env node
// Starts the program of this machine, which comes with a package of its own, and ends as it ends.
'use strict';

const { spawnSync } = require('child_process');

const name = `@howopen/${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/bin/howopen`);
} catch {
  console.error(
    `error: no howopen for this machine; ${name} is not installed; ` +
      'install without --omit=optional, or see the releases for other forms');
  process.exit(2);
}
const ran = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (ran.error) {
  console.error(`error: howopen cannot be started; ${program}; ${ran.error.message}`);
  process.exit(2);
}
if (ran.signal) {
  process.kill(process.pid, ran.signal);
}
process.exit(ran.status === null ? 1 : ran.status);
