import { isAlias, isMap, isScalar, isSeq, parseDocument, Document, Node, Tags } from 'yaml';
import { Json, JsonObject, put } from './json';
import { Limits } from './limits';
import { InputError } from './parse';

// `Ref` and `Condition` have no prefix in their long form; every other short tag `!X` stands for `Fn::X`
// (CloudFormation user guide, "Intrinsic function reference").
const BARE = new Set(['Ref', 'Condition']);

// YAML 1.1 reads `2012-10-17` as a date and `22:30` as a number in base 60; CloudFormation means text by both.
const DROPPED_TAGS = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:binary', 'tag:yaml.org,2002:set', 'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs']);

/** Parses YAML as CloudFormation does: YAML 1.1 scalars, short tags, no dates. */
export function parseYamlText(text: string, limits: Limits): Json {
  try {
    const document = parseDocument(text, {
      version: '1.1',
      uniqueKeys: true,
      logLevel: 'silent',
      prettyErrors: false,
      customTags: (known: Tags) => known.filter((tag) => typeof tag === 'string'
        || (!DROPPED_TAGS.has(tag.tag ?? '') && (tag as { format?: string }).format !== 'TIME')),
    });
    const problem = document.errors[0];
    if (problem) {
      const line = text.slice(0, problem.pos[0]).split('\n').length;
      throw new InputError(problem.code === 'DUPLICATE_KEY'
        ? `line ${line}: the key ${text.slice(problem.pos[0]).split(/[\s:]/, 1)[0]} appears twice in one object`
        : `line ${line}: not valid YAML: ${problem.message.replace(/\s+/g, ' ')}`);
    }
    return new AstReader(document, limits).json(document.contents as Node | null, 1);
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Deep recursion inside the parser shows as a RangeError: refuse it as what it is.
    throw new InputError(error instanceof RangeError ? `nested deeper than ${limits.depth} levels` : `not valid YAML: ${(error as Error).message}`);
  }
}

class AstReader {
  private aliases = 0;

  constructor(private readonly document: Document, private readonly limits: Limits) {}

  json(node: unknown, depth: number): Json {
    if (depth > this.limits.depth) throw new InputError(`nested deeper than ${this.limits.depth} levels`);
    if (isAlias(node)) {
      if (++this.aliases > this.limits.aliases) throw new InputError(`more than ${this.limits.aliases} alias expansions`);
      const target = node.resolve(this.document);
      if (!target) throw new InputError(`alias *${node.source} has no anchor`);
      return this.json(target, depth + 1);
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    const value = isScalar(node) ? this.scalar(node.value) : isSeq(node) ? node.items.map((item) => this.json(item, depth + 1)) : this.map(node.items, depth);
    const short = node.tag?.startsWith('!') && !node.tag.startsWith('!!') ? node.tag.slice(1) : undefined;
    if (!short) return value;
    return { [BARE.has(short) ? short : `Fn::${short}`]: value };
  }

  private scalar(value: unknown): Json {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'bigint') return String(value);
    return typeof value === 'string' || typeof value === 'boolean' ? value : String(value);
  }

  private map(pairs: readonly { key: unknown; value: unknown }[], depth: number): JsonObject {
    const result: JsonObject = {};
    for (const pair of pairs) {
      const key = isScalar(pair.key) ? pair.key.source ?? String(pair.key.value) : JSON.stringify(this.json(pair.key, depth + 1));
      const value = this.json(pair.value, depth + 1);
      if (key === '<<') {
        for (const merged of Array.isArray(value) ? value : [value]) {
          if (typeof merged !== 'object' || merged === null || Array.isArray(merged)) continue;
          for (const inner of Object.keys(merged)) if (!Object.prototype.hasOwnProperty.call(result, inner)) put(result, inner, merged[inner]);
        }
      } else {
        put(result, key, value);
      }
    }
    return result;
  }
}
