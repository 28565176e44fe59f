import { Alias, Composer, CST, Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Node, Parser, Scalar, Tags } from 'yaml';
import { Json, JsonObject, put } from './json';
import { Limits } from './limits';
import { InputError } from './parse';

// `Ref` and `Condition` have no prefix in their long form; every other short tag `!X` stands for `Fn::X`
// (CloudFormation user guide, "Intrinsic function reference").
const BARE = new Set(['Ref', 'Condition']);

// YAML 1.1 reads `2012-10-17` as a date and `22:30` as a number in base 60; CloudFormation means text by both.
const DROPPED_TAGS = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:binary', 'tag:yaml.org,2002:set', 'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs']);

const MOST_DOCUMENTS = 10;

/** Parses YAML as CloudFormation does: YAML 1.1 scalars, short tags, no dates. */
export function parseYamlText(text: string, limits: Limits): Json {
  const lines = new LineCounter();
  const at = (offset: number) => `line ${Math.max(lines.linePos(offset).line, 1)}`;
  const { stackTraceLimit } = Error;
  try {
    // The library makes an error object for each short tag, as it does not know them; their stack traces would take most of the time.
    Error.stackTraceLimit = 0;
    const composer = new Composer({
      version: '1.1',
      // The library compares each key with all before it; the reader below looks them up.
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      customTags: (known: Tags) => known.filter((tag) => typeof tag === 'string'
        || (!DROPPED_TAGS.has(tag.tag ?? '') && (tag as { format?: string }).format !== 'TIME')),
    });
    let document: Document.Parsed | undefined;
    let documents = 0;
    for (const one of composer.compose(tokensOf(text, lines, limits), true, text.length)) {
      const [problem] = one.errors;
      if (problem) throw new InputError(`${at(problem.pos[0])}: not valid YAML: ${problem.message.replace(/\s+/g, ' ')}`);
      // A marker before or after the document makes an empty one more.
      const empty = one.contents === null || (isScalar(one.contents) && one.contents.value === null);
      if (++documents > MOST_DOCUMENTS || (document && !empty)) throw new InputError('holds several YAML documents, expected one');
      if (!empty) document = one;
    }
    if (!document) return null;
    return new AstReader(limits, at).json(document.contents, 1);
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Deep recursion inside the parser shows as a RangeError: refuse it as what it is.
    throw new InputError(error instanceof RangeError ? tooDeep(limits) : `not valid YAML: ${(error as Error).message}`);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Tokens as they are written. What nests too deeply is refused here: the next step is recursive, and a full stack may end the process. */
function tokensOf(text: string, lines: LineCounter, limits: Limits): CST.Token[] {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The document itself and the scalar that is being read count too.
    if (parser.stack.length > limits.depth + 4) throw new InputError(tooDeep(limits));
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function tooDeep(limits: Limits): string {
  return `nested deeper than ${limits.depth} levels`;
}

class AstReader {
  private aliases = 0;
  private copied = 0;
  private inAlias = 0;
  // An alias means the last anchor of its name before it; nodes are read in the order in which they are written.
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Node, Node>();

  constructor(private readonly limits: Limits, private readonly at: (offset: number) => string) {}

  json(node: unknown, depth: number): Json {
    if (depth > this.limits.depth) throw new InputError(tooDeep(this.limits));
    if (this.inAlias > 0 && ++this.copied > this.limits.copies) throw new InputError(`aliases stand for more than ${this.limits.copies} values`);
    if (isAlias(node)) return this.alias(node, depth);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (node.anchor !== undefined && this.inAlias === 0) this.anchors.set(node.anchor, node);
    const value = isScalar(node) ? scalar(node) : isSeq(node) ? node.items.map((item) => this.json(item, depth + 1)) : this.map(node.items, depth);
    const short = node.tag?.startsWith('!') && !node.tag.startsWith('!!') ? node.tag.slice(1) : undefined;
    return short ? longForm(short, value) : value;
  }

  private alias(node: Alias, depth: number): Json {
    if (++this.aliases > this.limits.aliases) throw new InputError(`more than ${this.limits.aliases} alias expansions`);
    const target = this.targets.get(node) ?? this.anchors.get(node.source);
    if (!target) throw new InputError(`alias *${node.source} has no anchor`);
    this.targets.set(node, target);
    this.inAlias++;
    const value = this.json(target, depth + 1);
    this.inAlias--;
    return value;
  }

  private map(pairs: readonly { key: unknown; value: unknown }[], depth: number): JsonObject {
    const result: JsonObject = {};
    const written = new Set<string>();
    for (const pair of pairs) {
      const key = this.key(pair.key, depth + 1);
      const value = this.json(pair.value, depth + 1);
      if (key === '<<') {
        for (const merged of Array.isArray(value) ? value : [value]) {
          if (typeof merged !== 'object' || merged === null || Array.isArray(merged)) continue;
          for (const inner of Object.keys(merged)) if (!Object.prototype.hasOwnProperty.call(result, inner)) put(result, inner, merged[inner]);
        }
      } else if (written.has(key)) {
        const range = (pair.key as Node | null)?.range;
        throw new InputError(`${range ? `${this.at(range[0])}: ` : ''}the key ${key} appears twice in one object`);
      } else {
        written.add(key);
        put(result, key, value);
      }
    }
    return result;
  }

  private key(node: unknown, depth: number): string {
    if (isScalar(node) && !node.anchor) return node.source ?? String(node.value);
    const value = this.json(node, depth);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** What a scalar is in YAML 1.1, where the library and the specification that CloudFormation follows agree; else its text. */
function scalar({ value, source }: Scalar): Json {
  if (value === undefined || value === null) return null;
  const text = source ?? String(value);
  // A lone `y` or `n` is text, as it is in the parsers that implement YAML 1.1.
  if (typeof value === 'boolean') return text.length === 1 ? text : value;
  // So is a number with a leading zero that is not octal (the account 012345678901), and one with more digits than a number holds.
  if (typeof value === 'number') {
    const digits = /^[-+]?[0-9_]+$/.test(text);
    return !Number.isFinite(value) || (digits && (!Number.isSafeInteger(value) || /^[-+]?0[0-9_]*[89]/.test(text))) ? text : value;
  }
  return typeof value === 'string' ? value : String(value);
}

/** `!GetAtt A.B` is written as a list in JSON. */
function longForm(short: string, value: Json): JsonObject {
  if (short === 'GetAtt' && typeof value === 'string' && value.includes('.')) {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [BARE.has(short) ? short : `Fn::${short}`]: value };
}
