// Makes docs/img/report.png from the report that `npm run demo` has written. Run it by hand when the report changes its looks.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bootstrap.mjs';

const report = join(root, 'demo.out', 'careless', 'report.html');
if (!existsSync(report)) {
  console.error('picture: run npm run demo first');
  process.exit(2);
}
const { default: chromium } = await import('@sparticuz/chromium');
const { default: puppeteer } = await import('puppeteer-core');
const browser = await puppeteer.launch({
  executablePath: await chromium.executablePath(), args: [...chromium.args, '--no-sandbox', '--disable-background-networking'], headless: 'shell',
});
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 800, deviceScaleFactor: 1 });
await page.goto(pathToFileURL(report).href);
mkdirSync(join(root, 'docs', 'img'), { recursive: true });
await page.screenshot({ path: join(root, 'docs', 'img', 'report.png') });
await browser.close();
console.log('docs/img/report.png');
