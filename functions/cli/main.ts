#!/usr/bin/env node
// CommonJS without a type in it, which every Node can read: an old one is told what to run, in place of a stack trace.
{
  const [major] = process.versions.node.split('.');
  if (Number(major) >= 24) {
    // What was compiled once is found again where the packages are, by worker threads too: half of a start is compiling.
    process.env.NODE_COMPILE_CACHE ??= require('node:path').join(
      __dirname,
      '../../node_modules/.cache/compiled',
    );
    require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
    void import('./commands/program.ts');
  } else {
    process.stderr.write(
      `this is Node ${process.versions.node}, and the program needs Node 24: run it as "npx indicators", "npm start" or "npm run demo" after "npm ci", which brings Node 24 along; on macOS, install Node 24 first\n`,
    );
    process.exitCode = 2;
  }
}
