import { isObject, Json, JsonObject, put } from '../../template/json';
import { showPart, Value } from '../../template/value';

const SECRET_KEY = new RegExp(`(${[
  'passwords?', 'passwd', 'pwd', 'passphrase', 'secret', 'secret_?key', 'secretstring', 'token', 'token_?key', 'api_?key(value)?',
  'access_?key', 'private_?key', 'pre_?shared_?key', 'ssh_?key', 'credentials?', 'connectionstring',
].join('|')})$`, 'i');
const secretKeys = new Map<string, boolean>();
const REDACTED = '[redacted]';

/** An access key or a private key, wherever it stands: their shape gives them away. */
const CREDENTIAL = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g;

function withoutCredentials(text: string): string {
  return text.length >= 20 && (text.includes('AKIA') || text.includes('ASIA') || text.includes('PRIVATE KEY')) ? text.replace(CREDENTIAL, REDACTED) : text;
}
const LONGEST = 300;

/** True for keys whose values may be secrets. */
export function isSecretKey(key: string): boolean {
  let known = secretKeys.get(key);
  if (known === undefined) {
    if (secretKeys.size > 5000) secretKeys.clear();
    secretKeys.set(key, known = SECRET_KEY.test(key));
  }
  return known;
}

/** A value as evidence: JSON, redacted where it may be secret, shortened where it is long. `null` is absent. */
export function evidenceValue(value: Value, key: string): Json {
  switch (value.kind) {
    case 'absent': return null;
    case 'unknown': return value.part.written ?? `(not known: ${value.part.reason})`;
    case 'text': {
      const secret = value.origin?.secret || isSecretKey(key);
      return shortened(value.parts.map((part) => (typeof part !== 'string' ? showPart(part) : secret ? REDACTED : withoutCredentials(part))).join(''));
    }
    case 'list': return `(list of ${value.items.length}${value.rest ? ' or more' : ''})`;
    case 'known': {
      if (value.origin?.secret) return REDACTED;
      const json = redact(value.json, key);
      const text = typeof json === 'object' ? JSON.stringify(json) : undefined;
      if (text === undefined) return typeof json === 'string' ? shortened(json) : json;
      return text.length > LONGEST ? shortened(text) : json;
    }
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The key by which a place is known: the elements of a list go by the list's. */
export function keyAt(path: string): string {
  for (let end = path.length; ;) {
    const dot = path.lastIndexOf('.', end - 1);
    const key = path.slice(dot + 1, end);
    if (dot <= 0 || !/^\d+$/.test(key)) return key;
    end = dot;
  }
}

/** `inside` a function, `key` is where it stands: what it is made of is as secret as what it gives. */
function redact(json: Json, key: string, inside = false): Json {
  if (typeof json === 'string') return isSecretKey(key) && json !== '' ? REDACTED : withoutCredentials(json);
  if (typeof json === 'number') return isSecretKey(key) ? REDACTED : json;
  if (Array.isArray(json)) return json.map((item) => redact(item, key, inside));
  if (!isObject(json)) return json;
  const result: JsonObject = {};
  const names = secretPair(json);
  for (const name of Object.keys(json)) {
    const function_ = inside || name.startsWith('Fn::');
    // The names inside a reference are not secrets.
    put(result, name, name === 'Ref' || name === 'Fn::GetAtt' ? json[name] : redact(json[name], names === name || isSecretKey(name) ? 'secret' : function_ ? key : name, function_));
  }
  return result;
}

/** `{Name: DB_PASSWORD, Value: …}`: the pair's value is what the name says. */
export function secretPair(json: JsonObject): string | undefined {
  const label = json.Name ?? json.Key ?? json.name ?? json.key;
  return typeof label === 'string' && isSecretKey(label) ? ['Value', 'value'].find((name) => name in json) : undefined;
}

/** A value in a sentence. */
export function showValue(value: Value, key: string): string {
  const shown = evidenceValue(value, key);
  return typeof shown === 'string' && !shown.startsWith('(') ? JSON.stringify(shown) : typeof shown === 'string' ? shown : JSON.stringify(shown);
}
