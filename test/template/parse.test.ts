import { Json } from '../../src/template/json';
import { DEFAULT_LIMITS } from '../../src/template/limits';
import { InputError, OtherDocument, parseObject, parseText } from '../../src/template/parse';
import fc, { runs } from '../properties';
import { SOON, worked } from '../soon';

const refusal = (text: string, limits = DEFAULT_LIMITS): string => {
  const began = process.cpuUsage();
  let message = 'was read';
  try {
    parseText(text, limits);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    ({ message } = error);
  }
  expect(worked(began)).toBeLessThan(SOON);
  return message;
};

describe('JSON', () => {
  test.each<[string, Json]>([
    ['{"a": 1}', { a: 1 }], ['[1, "x", null, true, -1.5e3]', [1, 'x', null, true, -1500]], ['\ufeff{"a": 1}', { a: 1 }], [' \r\n\t{}', {}], ['{"a": {"b": {}}}', { a: { b: {} } }],
    ['{"a": "\\":"}', { a: '":' }], ['{"a\\"b": "\\\\"}', { 'a"b': '\\' }], ['{"a": "x\\\\\\":", "b": "y"}', { a: 'x\\":', b: 'y' }], ['{"a" : ["b" , "c"]}', { a: ['b', 'c'] }],
    ['{"a": "\\u0022: 1", "b": {"a": 1}}', { a: '": 1', b: { a: 1 } }], ['{"": {"": ""}}', { '': { '': '' } }],
  ])('%j', (text, value) => expect(parseText(text)).toEqual(value));

  test.each([
    ['{"a": 1, "a": 2}', 'line 1: the key "a" appears twice in one object'],
    ['{\n "x": {"a": 1,\n  "b": [{}, "a"],\n  "a": 1}}', 'line 4: the key "a" appears twice in one object'],
    ['{"a": 1, "\\u0061": 2}', 'line 1: the key "a" appears twice in one object'],
    ['[{"a": {"b": 1}}, {"c": 1, "c": 1}]', 'line 1: the key "c" appears twice in one object'],
    ['{"__proto__": 1, "__proto__": 2}', 'line 1: the key "__proto__" appears twice in one object'],
    ['{"a\\n": 1, "a\\n": 2}', 'line 1: the key "a\\n" appears twice in one object'],
    ['{"": 1, "": 2}', 'line 1: the key "" appears twice in one object'],
  ])('%j is refused, with the key', (text, message) => expect(refusal(text)).toBe(message));

  test.each(['{"a": "a", "b": ["a", "a"], "c": {"a": {"a": 1}}}', '{"a": "\\"a\\": 1", "b": "{\\"b\\": 1}"}', '{"a:": 1, "a": 1}'])('%j repeats no key', (text) => expect(parseText(text)).toEqual(JSON.parse(text)));

  test('what CDK writes is read as JSON.parse reads it', () => fc.assert(fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
    const written = JSON.stringify(JSON.parse(text), undefined, indent);
    if (/^[[{]/.test(written)) expect(parseText(written)).toEqual(JSON.parse(written));
  })));

  test('a repeated key is found wherever it stands', () => fc.assert(fc.property(fc.object({ maxDepth: 3 }), fc.string(), (object, key) => {
    const plain = JSON.stringify(object) ?? '{}';
    const inner = `{${JSON.stringify(key)}: 1, "other${key.replace(/[^a-z]/g, '')}": [], ${JSON.stringify(key)}: ${plain}}`;
    fc.pre(key !== `other${key.replace(/[^a-z]/g, '')}`);
    expect(refusal(`{"before": ${plain}, "in": [0, ${inner}], "after": ${plain}}`)).toBe(`line 1: the key ${JSON.stringify(key)} appears twice in one object`);
  }), runs(100)));

  test.each(['{', '{"a": @}', '{"a" "b"}', '[1, 2', '{"a": 1} x', '{"a": 01,}}', '[[1]'])('%j is refused in the words of JSON', (text) => expect(refusal(text)).toMatch(/^not valid JSON: /));
});

describe('what is neither', () => {
  test.each(['', ' ', '\n\t\r', '\ufeff', '\ufeff \n'])('%j is empty', (text) => expect(refusal(text)).toBe('the file is empty'));
  test.each([['[]', 'a list'], ['"x"', 'a string'], ['7', 'a number'], ['true', 'a boolean'], ['- a', 'a list'], ['text', 'a string'], ['null', 'empty'], ['# only a comment', 'empty'], ['---', 'empty']])('%j is no object', (text, kind) => {
    expect(() => parseObject(text)).toThrow(new OtherDocument(`the document is ${kind}, expected an object`));
  });
  test('a file that is too large', () => {
    expect(refusal('{"a": "é"}', { ...DEFAULT_LIMITS, bytes: 10 })).toBe('larger than 10 bytes');
    expect(refusal('{"a": "e"}', { ...DEFAULT_LIMITS, bytes: 10 })).toBe('was read');
    expect(refusal('a: "e"    ', { ...DEFAULT_LIMITS, yamlBytes: 9 })).toBe('larger than 9 bytes, which is the limit for YAML');
  });
  test.each<[string, string]>([['binary', '\u0000\u0001\u0002'], ['a PDF', '%PDF-1.4\n%âãÏÓ'], ['HTML', '<html><body></body></html>'], ['XML', '<?xml version="1.0"?>'], ['a PEM', '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----']])('%s is no object', (_name, text) => {
    expect(() => parseObject(text)).toThrow(InputError);
  });
});

describe('keys that objects inherit', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'])('%s is a key like any other', (key) => {
    for (const text of [`{"${key}": {"a": 1}, "b": {"${key}": 2}}`, `${key}:\n  a: 1\nb: {${key}: 2}`]) {
      const value = parseText(text) as Record<string, Json>;
      expect(Object.keys(value)).toEqual([key, 'b']);
      expect(Object.entries(value)).toEqual([[key, { a: 1 }], ['b', JSON.parse(`{"${key}": 2}`)]]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as { a?: number }).a).toBeUndefined();
    }
  });
});

describe('nesting', () => {
  const json = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
  test('as deep as is allowed', () => {
    expect(refusal(json(100, '[', ']'))).toBe('was read');
    expect(refusal(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)).toBe('was read');
    expect(refusal(`a: ${json(90, '[', ']')}`)).toBe('was read');
  });
  test.each<[string, string]>([
    ['lists', json(101, '[', ']')], ['many lists', json(500_000, '[', ']')], ['objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`], ['many objects', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`], ['unclosed lists', '['.repeat(500_000)],
    ['unclosed objects', '{"a":'.repeat(100_000)], ['YAML lists', `a: ${'['.repeat(500_000)}`], ['YAML objects', '{a: '.repeat(100_000)], ['compact lists', `${'- '.repeat(200_000)}x`], ['complex keys', `${'? '.repeat(200_000)}x`],
    ['indentation', Array.from({ length: 1200 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')], ['an alias in itself', 'a: &a [*a]'],
  ])('%s beyond it', (_name, text) => expect(refusal(text)).toBe('nested deeper than 100 levels'));
});
