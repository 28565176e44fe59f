import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examples } from './examples';
import { mappingPages } from './mapping-docs';
import { criteriaDocument } from '../src/criteria';
import { allRules } from '../src/rules';
import { awsDefaultsPage, rulePages } from '../src/rules/document';

// First, as the pages of the rules show them.
writeFileSync(join(__dirname, '..', 'src', 'rules', 'examples.json'), `${JSON.stringify(examples(), undefined, 1)}\n`);
const docs = join(__dirname, '..', 'docs');
writeFileSync(join(docs, 'criteria.md'), criteriaDocument());
writeFileSync(join(docs, 'aws-defaults.md'), awsDefaultsPage());
for (const [name, text] of mappingPages()) writeFileSync(join(docs, name), text);

const rules = join(docs, 'rules');
mkdirSync(rules, { recursive: true });
const pages = rulePages(allRules());
for (const old of readdirSync(rules)) if (!pages.has(old)) rmSync(join(rules, old));
for (const [name, text] of pages) writeFileSync(join(rules, name), text);
console.log(`docs/criteria.md, docs/rules: ${pages.size} pages`);
