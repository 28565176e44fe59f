import { SOON, worked } from '../soon';
import { modelOf, read, SECTIONS, show, templateOf, worlds, yaml } from './values';
import { evaluate, rule, Statement, Truth } from '../../src/rules/kernel';
import { Loader } from '../../src/template';
import { resolve } from '../../src/template/intrinsics';
import { Json, JsonObject } from '../../src/template/json';
import { World } from '../../src/template/world';

const NO_DEFAULT = 'parameter Open has no default and no value was given';

/** Each function: long form, short form in YAML, what it gives. */
const CASES: readonly (readonly [name: string, long: Json, short: string, gives: string])[] = [
  // Ref
  ['Ref: a parameter with a default', { Ref: 'Named' }, '!Ref Named', '"named"'],
  ['Ref: a parameter without one', { Ref: 'Open' }, '!Ref Open', `<? ${NO_DEFAULT}>`],
  ['Ref: a resource', { Ref: 'Bucket' }, '!Ref Bucket', '<Bucket>'],
  ['Ref: nothing', { Ref: 'AWS::NoValue' }, '!Ref AWS::NoValue', 'absent'],
  ['Ref: a name that is not defined', { Ref: 'Nobody' }, '!Ref Nobody', '<? Ref names Nobody, which the template does not define>'],
  ['Ref: a parameter in Parameter Store, whose default is not its value', { Ref: 'Store' }, '!Ref Store', '<? parameter Store is read from Parameter Store at deployment>'],
  ['Ref: the name of a parameter in Parameter Store is its value', { Ref: 'StoreName' }, '!Ref StoreName', '"/the/name"'],
  ['Ref: a number', { Ref: 'Seven' }, '!Ref Seven', '7'],
  // GetAtt
  ['GetAtt', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, '!GetAtt Bucket.Arn', '<Bucket.Arn>'],
  ['GetAtt: of nothing', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, '!GetAtt Nobody.Arn', '<? Fn::GetAtt names Nobody, which the template does not define>'],
  ['GetAtt: an attribute with a dot', { 'Fn::GetAtt': ['Bucket', 'Endpoint.Address'] }, '!GetAtt Bucket.Endpoint.Address', '<Bucket.Endpoint.Address>'],
  ['GetAtt: of a nested stack that is not given', { 'Fn::GetAtt': ['Inner', 'Outputs.X'] }, '!GetAtt Inner.Outputs.X', '<? the template of the nested stack Inner was not given>'],
  // If
  ['If: true', { 'Fn::If': ['Yes', 'a', 'b'] }, '!If [Yes, a, b]'.replace('Yes', '"Yes"'), '"a"'],
  ['If: false', { 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, '!If ["No", a, !Ref AWS::NoValue]', 'absent'],
  ['If: a condition that is not defined', { 'Fn::If': ['Nope', 'a', 'b'] }, '!If [Nope, a, b]', '<?? the condition Nope is not defined>'],
  ['If: a cyclic condition', { 'Fn::If': ['Cyclic', 'a', 'b'] }, '!If [Cyclic, a, b]', '<?? the condition Cyclic cannot be worked out: it refers to itself or to one that is not defined, or it is too large>'],
  ['If: malformed', { 'Fn::If': ['Yes', 'a'] }, '!If ["Yes", a]', '<?? Fn::If is malformed: expected [condition, value, value]>'],
  // Sub
  ['Sub', { 'Fn::Sub': 'a-${Named}' }, '!Sub "a-${Named}"', '"a-named"'],
  ['Sub: with variables, which hide parameters', { 'Fn::Sub': ['${Named}-${y}', { Named: 'mine', y: { Ref: 'Named' } }] }, '!Sub ["${Named}-${y}", {Named: mine, y: !Ref Named}]', '"mine-named"'],
  ['Sub: literal', { 'Fn::Sub': '${!Named}' }, '!Sub "${!Named}"', '"${Named}"'],
  ['Sub: an attribute', { 'Fn::Sub': '${Bucket.Arn}/*' }, '!Sub "${Bucket.Arn}/*"', '<Bucket.Arn>/*'],
  ['Sub: nothing', { 'Fn::Sub': 'a${AWS::NoValue}b' }, '!Sub "a${AWS::NoValue}b"', '"ab"'],
  ['Sub: a name that is not defined', { 'Fn::Sub': 'a-${Nobody}' }, '!Sub "a-${Nobody}"', 'a-<? Ref names Nobody, which the template does not define>'],
  ['Sub: an attribute of nothing', { 'Fn::Sub': '${Nobody.Arn}' }, '!Sub "${Nobody.Arn}"', '<? Fn::GetAtt names Nobody, which the template does not define>'],
  ['Sub: a list', { 'Fn::Sub': '${List}' }, '!Sub "${List}"', '<? an object or a list stands where text was expected>'],
  ['Sub: an open brace', { 'Fn::Sub': 'a${Named' }, '!Sub "a${Named"', '"a${Named"'],
  ['Sub: malformed', { 'Fn::Sub': [{ Ref: 'Named' }, {}] }, '!Sub [!Ref Named, {}]', '<?? Fn::Sub is malformed: expected a string, or [string, variables]>'],
  // Join
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Named' }]] }, '!Join ["-", [a, !Ref Named]]', '"a-named"'],
  ['Join: references', { 'Fn::Join': ['', ['arn:', { Ref: 'Bucket' }]] }, '!Join ["", ["arn:", !Ref Bucket]]', 'arn:<Bucket>'],
  ['Join: an absent element', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, '!Join ["-", [a, !Ref AWS::NoValue, b]]', '"a-b"'],
  ['Join: a list parameter', { 'Fn::Join': ['+', { Ref: 'List' }] }, '!Join ["+", !Ref List]', '"a+b+c"'],
  ['Join: nothing', { 'Fn::Join': ['-', []] }, '!Join ["-", []]', '""'],
  ['Join: a list known at deployment', { 'Fn::Join': [',', { 'Fn::GetAtt': ['Vpc', 'CidrBlockAssociations'] }] }, '!Join [",", !GetAtt Vpc.CidrBlockAssociations]', '<? the list is known at deployment>'],
  ['Join: a list without default', { 'Fn::Join': [',', { Ref: 'OpenList' }] }, '!Join [",", !Ref OpenList]', '<? parameter OpenList has no default and no value was given>'],
  ['Join: malformed', { 'Fn::Join': ['a', 'b', 'c'] }, '!Join [a, b, c]', '<?? Fn::Join is malformed: expected [delimiter, list]>'],
  // Select
  ['Select', { 'Fn::Select': [1, ['a', 'b']] }, '!Select [1, [a, b]]', '"b"'],
  ['Select: a number as text', { 'Fn::Select': ['1', { Ref: 'List' }] }, '!Select ["1", !Ref List]', '"b"'],
  ['Select: an index that is not known', { 'Fn::Select': [{ Ref: 'Open' }, ['a']] }, '!Select [!Ref Open, [a]]', `<?? ${NO_DEFAULT}>`],
  ['Select: out of the list', { 'Fn::Select': [2, ['a']] }, '!Select [2, [a]]', '<? Fn::Select asks for element 2 of a list of 1>'],
  ['Select: a negative index', { 'Fn::Select': [-1, ['a']] }, '!Select [-1, [a]]', '<?? Fn::Select is malformed: expected a whole number as the index>'],
  ['Select: an empty index is no zero', { 'Fn::Select': ['', ['a']] }, '!Select ["", [a]]', '<?? Fn::Select is malformed: expected a whole number as the index>'],
  ['Select: of a list known at deployment', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Vpc', 'CidrBlockAssociations'] }] }, '!Select [0, !GetAtt Vpc.CidrBlockAssociations]', '<? the list is known at deployment>'],
  ['Select: of zones', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, '!Select [0, !GetAZs ""]', '<? the Availability Zones of the Region are known at deployment>'],
  // Split
  ['Split', { 'Fn::Split': [',', 'a,b'] }, '!Split [",", "a,b"]', '["a", "b"]'],
  ['Split: what is not known ends it', { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${Open}/b' }] }, '!Split ["/", !Sub "a/${Open}/b"]', `["a", …${NO_DEFAULT}]`],
  ['Split: an ARN holds slashes', { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }, '!Split ["/", !GetAtt Bucket.Arn]', '[…it is split out of Bucket, known at deployment]'],
  ['Split: no name holds a bar', { 'Fn::Split': ['||', { 'Fn::Join': ['||', [{ Ref: 'Bucket' }, 'x', { Ref: 'Vpc' }]] }] }, '!Split ["||", !Join ["||", [!Ref Bucket, x, !Ref Vpc]]]', '[<Bucket>, "x", <Vpc>]'],
  ['Split: malformed', { 'Fn::Split': ['', 'a'] }, '!Split ["", a]', '<?? Fn::Split is malformed: expected [delimiter, text]>'],
  // FindInMap
  ['FindInMap', { 'Fn::FindInMap': ['Map', 'us-east-1', 'Size'] }, '!FindInMap [Map, us-east-1, Size]', '"small"'],
  ['FindInMap: by a parameter', { 'Fn::FindInMap': ['Map', { Ref: 'Named' }, 'Size'] }, '!FindInMap [Map, !Ref Named, Size]', '"mine"'],
  ['FindInMap: a list', { 'Fn::FindInMap': ['Map', 'us-east-1', 'List'] }, '!FindInMap [Map, us-east-1, List]', '["l", "m"]'],
  ['FindInMap: a key that is not known', { 'Fn::FindInMap': ['Map', { Ref: 'Open' }, 'Size'] }, '!FindInMap [Map, !Ref Open, Size]', '<? the entry of the mapping Map is chosen at deployment by Open>'],
  ['FindInMap: no such entry', { 'Fn::FindInMap': ['Map', 'us-east-1', 'Nope'] }, '!FindInMap [Map, us-east-1, Nope]', '<? the mapping Map has no entry us-east-1.Nope>'],
  ['FindInMap: no such mapping', { 'Fn::FindInMap': ['Nope', 'a', 'b'] }, '!FindInMap [Nope, a, b]', '<? the mapping Nope is not defined>'],
  ['FindInMap: default', { 'Fn::FindInMap': ['Map', 'a', 'b', { DefaultValue: { Ref: 'Named' } }] }, '!FindInMap [Map, a, b, {DefaultValue: !Ref Named}]', '"named"'],
  ['FindInMap: default, not needed', { 'Fn::FindInMap': ['Map', 'us-east-1', 'Size', { DefaultValue: 'd' }] }, '!FindInMap [Map, us-east-1, Size, {DefaultValue: d}]', '"small"'],
  ['FindInMap: an unknown key with a default of nothing may be absent', { 'Fn::FindInMap': ['Map', { Ref: 'Open' }, 'Size', { DefaultValue: { Ref: 'AWS::NoValue' } }] }, '!FindInMap [Map, !Ref Open, Size, {DefaultValue: !Ref AWS::NoValue}]', '<?? the entry of the mapping Map is chosen at deployment by Open>'],
  ['FindInMap: malformed', { 'Fn::FindInMap': ['Map', 'a'] }, '!FindInMap [Map, a]', '<?? Fn::FindInMap is malformed: expected [map, key, key]>'],
  // Across templates
  ['ImportValue: exported by nobody', { 'Fn::ImportValue': 'Nope' }, '!ImportValue Nope', '<? imported value Nope is exported by no template given>'],
  ['ImportValue: a name that is not known', { 'Fn::ImportValue': { Ref: 'Open' } }, '!ImportValue {Ref: Open}', '<? the name of the imported value is known at deployment>'],
  ['GetStackOutput: of a stack that is not given', { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }, '!GetStackOutput {StackName: S, OutputName: O}', '<? the stack S is not among the templates given>'],
  ['GetStackOutput: malformed', { 'Fn::GetStackOutput': 'S.O' }, '!GetStackOutput S.O', '<? Fn::GetStackOutput is malformed: expected StackName and OutputName>'],
  // Base64
  ['Base64', { 'Fn::Base64': 'hi' }, '!Base64 hi', '"aGk="'],
  ['Base64: not known', { 'Fn::Base64': { Ref: 'Open' } }, '!Base64 {Ref: Open}', `<? ${NO_DEFAULT}>`],
  ['Base64: partly known', { 'Fn::Base64': { 'Fn::Sub': 'a${Open}' } }, '!Base64 {"Fn::Sub": "a${Open}"}', '<? Base64 of a text that is known at deployment>'],
  // Cidr
  ['Cidr: IPv4', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, '!Cidr [10.0.0.0/16, 2, 8]', '["10.0.0.0/24", "10.0.1.0/24"]'],
  ['Cidr: IPv6', { 'Fn::Cidr': ['fd00::/56', '2', '64'] }, '!Cidr ["fd00::/56", "2", "64"]', '["fd00::/64", "fd00:0:0:1::/64"]'],
  ['Cidr: not known', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 8] }, '!Cidr [!GetAtt Vpc.CidrBlock, 2, 8]', '[…the block that is divided is known at deployment]'],
  ['Cidr: host bits that are not known are no default', { 'Fn::Cidr': ['10.0.0.0/16', 1, { Ref: 'Open' }] }, '!Cidr [10.0.0.0/16, 1, !Ref Open]', '[…the block that is divided is known at deployment]'],
  ['Cidr: too many', { 'Fn::Cidr': ['10.0.0.0/30', 2, 8] }, '!Cidr [10.0.0.0/30, 2, 8]', '<?? Fn::Cidr is malformed: expected an address block that holds so many smaller ones>'],
  // Length, ToJsonString
  ['Length', { 'Fn::Length': ['a', { Ref: 'AWS::NoValue' }, 'b'] }, '!Length [a, !Ref AWS::NoValue, b]', '2'],
  ['Length: a parameter', { 'Fn::Length': { Ref: 'List' } }, '!Length {Ref: List}', '3'],
  ['Length: an empty parameter', { 'Fn::Length': { Ref: 'Empty' } }, '!Length {Ref: Empty}', '0'],
  ['Length: not known', { 'Fn::Length': { 'Fn::GetAZs': '' } }, '!Length {"Fn::GetAZs": ""}', '<? the Availability Zones of the Region are known at deployment>'],
  ['Length: of a text', { 'Fn::Length': 'abc' }, '!Length abc', '<?? Fn::Length is malformed: expected a list>'],
  ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Named' }, b: [1, { Ref: 'AWS::NoValue' }] } }, '!ToJsonString {a: !Ref Named, b: [1, !Ref AWS::NoValue]}', JSON.stringify('{"a":"named","b":[1]}')],
  ['ToJsonString: not known', { 'Fn::ToJsonString': { a: { Ref: 'Open' } } }, '!ToJsonString {a: !Ref Open}', '<? the JSON text holds values known at deployment>'],
  // Others
  ['GetAZs', { 'Fn::GetAZs': '' }, '!GetAZs ""', '[…the Availability Zones of the Region are known at deployment]'],
  ['Transform', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } }, '!Transform {Name: AWS::Include, Parameters: {}}', '<?? the macro AWS::Include decides it at deployment>'],
  ['a function of later invention', { 'Fn::Later': 1 }, '!Later "1"', '<?? Fn::Later is not a function this tool evaluates>'],
];

/** These are not written alike in both forms, as YAML's short tags make text of what stands behind them. */
const FORMS_DIFFER = new Set(['a function of later invention']);

describe('each function', () => {
  test.each(CASES)('%s', (name, long, short, gives) => {
    expect(read(long)).toEqual([gives]);
    if (!FORMS_DIFFER.has(name)) expect(yaml(short)).toEqual(long);
  });

  test('one that is undecided gives both in turn', () => {
    expect(read({ 'Fn::If': ['Maybe', 'a', { 'Fn::If': ['Maybe', 'b', { Ref: 'Bucket' }] }] })).toEqual(['"a"', '<Bucket>']);
    expect(yaml('!If [Maybe, a, !If [Maybe, b, !Ref Bucket]]')).toEqual({ 'Fn::If': ['Maybe', 'a', { 'Fn::If': ['Maybe', 'b', { Ref: 'Bucket' }] }] });
  });

  test('ForEach is carried out with the template', () => {
    const loop = { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::All': ['X', ['A', 'B'], { 'Bucket${X}': { Type: 'AWS::S3::Bucket' } }] } };
    expect([...templateOf(JSON.stringify(loop)).resources.keys()]).toEqual(['BucketA', 'BucketB']);
  });

  test('an object with a function among other keys is none', () => {
    expect(read({ 'Ref': 'Named', 'b': 1 })).toEqual(['{"Ref":"Named","b":1}']);
    expect(read({ Condition: 'Yes' })).toEqual(['{"Condition":"Yes"}']);
  });

  test.each([null, undefined])('%s is absent', (raw) => expect(read(raw)).toEqual(['absent']));
  test.each([0, false, '', 'x', 1.5, true])('%p stands for itself', (raw) => expect(read(raw)).toEqual([JSON.stringify(raw)]));
});

describe('each function in each place', () => {
  const text = (gives: string) => (gives.startsWith('"') ? JSON.parse(gives) as string : gives.replace(/^<\?\? /, '<? '));
  const kindOf = (gives: string) => (gives === 'absent' ? 'absent' : /^<\?/.test(gives) ? 'unknown' : /^["\d]/.test(gives) ? 'known' : gives.startsWith('[') ? 'list' : 'text');
  const rows = CASES.filter(([, , , gives]) => kindOf(gives) !== 'list' && !gives.startsWith('[')).map(([name, long, , gives]): [string, Json, string] => [name, long, gives]);
  const known = (gives: string) => (/^\d/.test(gives) ? gives : text(gives));
  /** What the value is inside of `<…>`: one piece of text. */
  const within = (gives: string) => {
    const inner = gives === 'absent' ? '' : known(gives);
    return kindOf(gives) === 'known' || gives === 'absent' ? JSON.stringify(`(${inner})`) : `(${inner})`;
  };

  test.each(rows)('%s, inside Sub and Join', (_name, long, gives) => {
    expect(read({ 'Fn::Sub': ['(${x})', { x: long }] })).toEqual([within(gives)]);
    expect(read({ 'Fn::Join': ['', ['(', long, ')']] })).toEqual([within(gives)]);
  });

  test.each(rows)('%s, inside a list', (_name, long, gives) => {
    expect(read([long, 'z'])).toEqual([gives === 'absent' ? '["z"]' : `[${gives}, "z"]`]);
  });

  test.each(rows)('%s, in a condition', (_name, long, gives) => {
    const literal = kindOf(gives) === 'known' ? known(gives) : 'something';
    const sections: JsonObject = { Conditions: { ...SECTIONS.Conditions as JsonObject, C: { 'Fn::Equals': [long, literal] } } };
    expect(read({ 'Fn::If': ['C', 'equal', 'different'] }, { template: sections })).toEqual(kindOf(gives) === 'known' ? ['"equal"'] : ['"equal"', '"different"']);
  });

  test.each(rows)('%s, as an action of a policy', (_name, long, gives) => {
    const covers = rule({
      id: 'Test.Covers', resourceTypes: ['AWS::IAM::ManagedPolicy'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
      check: (resource): Truth => new Statement(resource.get('PolicyDocument.Statement')).coversAction(kindOf(gives) === 'known' ? known(gives) : 's3:GetObject'),
    });
    const resources = { ...SECTIONS.Resources as JsonObject, Subject: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: long } } } } };
    const template = templateOf(JSON.stringify({ ...SECTIONS, Resources: resources }));
    const { verdict } = evaluate(covers, template.resources.get('Subject')!);
    // A reference may stand for any action; a partly known text that cannot be one is none.
    const impossible = kindOf(gives) === 'text' && /^(a-|arn:)|\/\*$/.test(gives);
    expect(verdict).toBe(kindOf(gives) === 'known' ? 'pass' : gives === 'absent' || impossible ? 'fail' : 'not-evaluated');
  });

  test.each(rows)('%s, as the name of an export', (_name, long, gives) => {
    const name = known(gives);
    const model = modelOf({
      a: { template: { ...SECTIONS, Outputs: { O: { Value: 'exported', Export: { Name: long } } } } },
      b: { template: { Resources: {} } },
    });
    const [found] = worlds({ 'Fn::ImportValue': name }, model.templates[1]);
    if (kindOf(gives) === 'known' && typeof JSON.parse(gives) === 'string') expect(found).toBe('"exported"');
    else expect(found).toMatch(/exported by no template given/);
  });

  test.each(rows)('%s, passed to a nested stack', (_name, long, gives) => {
    const loader = new Loader();
    const unit = loader.newUnit();
    const outer: JsonObject = { ...SECTIONS, Resources: { ...SECTIONS.Resources as JsonObject, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: long } } } } };
    const inner: JsonObject = { Parameters: { P: { Type: 'String', Default: 'inner default' } }, Resources: { Thing: { Type: 'X::Y::Z' } } };
    const parent = loader.addTemplate('outer', outer, unit, {}, '')!;
    const nested = loader.addTemplate('inner', inner, unit, {}, '')!;
    unit.nest(nested, parent.resources.get('Nested')!);
    loader.finish();
    expect(worlds({ Ref: 'P' }, nested)).toEqual([gives === 'absent' ? '"inner default"' : gives]);
  });
});

describe('pseudo parameters', () => {
  const context = { account: '111122223333', region: 'eu-west-1', stackName: 'Stack' };
  test.each([
    ['AWS::AccountId', '"111122223333"'], ['AWS::Region', '"eu-west-1"'], ['AWS::StackName', '"Stack"'], ['AWS::Partition', '"aws"'], ['AWS::URLSuffix', '"amazonaws.com"'],
    ['AWS::NoValue', 'absent'], ['AWS::StackId', '<? AWS::StackId is known at deployment>'], ['AWS::NotificationARNs', '<? AWS::NotificationARNs is known at deployment>'],
  ])('%s in an environment that is known', (name, gives) => {
    expect(read({ Ref: name }, { context })).toEqual([gives]);
    expect(read({ 'Fn::Sub': `\${${name}}` }, { context })).toEqual([gives === 'absent' ? '""' : gives]);
    expect(yaml(`!Ref ${name}`)).toEqual({ Ref: name });
  });

  test.each(['AWS::AccountId', 'AWS::Region', 'AWS::StackName', 'AWS::Partition', 'AWS::URLSuffix', 'AWS::StackId', 'AWS::NotificationARNs', 'AWS::Later'])('%s elsewhere', (name) => {
    expect(read({ Ref: name })).toEqual([`<? ${name} is known at deployment>`]);
    expect(read({ 'Fn::Sub': `a\${${name}}` })).toEqual([`a<? ${name} is known at deployment>`]);
  });

  test.each([
    ['cn-north-1', '"aws-cn"', '"amazonaws.com.cn"'], ['us-gov-west-1', '"aws-us-gov"', '"amazonaws.com"'], ['us-east-1', '"aws"', '"amazonaws.com"'],
    ['us-iso-east-1', '<? AWS::Partition is known at deployment>', '<? AWS::URLSuffix is known at deployment>'],
    ['eusc-de-east-1', '<? AWS::Partition is known at deployment>', '<? AWS::URLSuffix is known at deployment>'],
  ])('the partition of %s', (region, partition, suffix) => {
    expect(read({ Ref: 'AWS::Partition' }, { context: { region } })).toEqual([partition]);
    expect(read({ Ref: 'AWS::URLSuffix' }, { context: { region } })).toEqual([suffix]);
  });
});

describe('both forms of GetAtt', () => {
  test.each<[Json, string]>([
    [{ 'Fn::GetAtt': 'Bucket.Arn' }, '<Bucket.Arn>'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '<Bucket.Arn>'],
    [{ 'Fn::GetAtt': ['Bucket', 'Endpoint', 'Address'] }, '<Bucket.Endpoint.Address>'],
    [{ 'Fn::GetAtt': ['Bucket', { Ref: 'Named' }] }, '<Bucket.named>'],
    [{ 'Fn::GetAtt': ['Bucket', { Ref: 'Open' }] }, '<Bucket.?>'],
    [{ 'Fn::GetAtt': 'Bucket' }, '<Bucket.?>'],
    [{ 'Fn::GetAtt': ['Bucket'] }, '<? Fn::GetAtt is malformed: expected a resource and an attribute>'],
    [{ 'Fn::GetAtt': 7 }, '<? Fn::GetAtt is malformed: expected a resource and an attribute>'],
    [{ 'Fn::GetAtt': [{ Ref: 'Open' }, 'Arn'] }, '<? Fn::GetAtt is malformed: expected a resource and an attribute>'],
  ])('%j', (raw, gives) => expect(read(raw)).toEqual([gives]));
});

describe('Ref', () => {
  test.each<[Json, string]>([
    [{ Ref: { Ref: 'Named' } }, '<? Ref names named, which the template does not define>'],
    [{ Ref: 7 }, '<? Ref is malformed: expected a name>'],
    [{ Ref: ['Bucket'] }, '<? Ref is malformed: expected a name>'],
    [{ Ref: null }, '<? Ref is malformed: expected a name>'],
    [{ Ref: '' }, '<? Ref names , which the template does not define>'],
    [{ Ref: '__proto__' }, '<? Ref names __proto__, which the template does not define>'],
    [{ Ref: 'constructor' }, '<? Ref names constructor, which the template does not define>'],
  ])('%j', (raw, gives) => expect(read(raw)).toEqual([gives]));
});

describe('FindInMap by a key that deployment chooses', () => {
  test('is known when all entries say the same', () => expect(read({ 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Same'] }, { template: { Mappings: { Map: { a: { Same: 'x' }, b: { Same: 'x' } } } } })).toEqual(['"x"']));
  test('is not when one entry lacks it', () => expect(read({ 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Same'] })).toEqual(['<? the entry of the mapping Map is chosen at deployment by AWS::Region>']));
  test('is not when there is a default', () => expect(read({ 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'S', { DefaultValue: 'y' }] }, { template: { Mappings: { Map: { a: { S: 'x' } } } } }))
    .toEqual(['<? the entry of the mapping Map is chosen at deployment by AWS::Region>']));
  test('by the second key', () => expect(read({ 'Fn::FindInMap': ['Map', 'us-east-1', { Ref: 'Open' }] })).toEqual(['<? the entry of the mapping Map is chosen at deployment by Open>']));
  test('by a name that is not known', () => expect(read({ 'Fn::FindInMap': [{ Ref: 'Open' }, 'a', 'b'] })).toEqual(['<? the mapping is chosen at deployment>']));
  test('in the Region that is known', () => expect(read({ 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Size'] }, { context: { region: 'eu-west-1' } })).toEqual(['"large"']));
  test('follows what the world decided', () => {
    const sections = { Mappings: { Map: { prod: { Size: 'big' }, dev: { Size: 'small' } } } };
    expect(read({ 'Fn::If': ['Maybe', { 'Fn::FindInMap': ['Map', { Ref: 'Open' }, 'Size'] }, 'no'] }, { template: sections })).toEqual(['"big"', '"no"']);
  });
  test('a cell that refers to itself ends', () => {
    const cell: Json = { 'Fn::FindInMap': ['M', 'a', 'b'] };
    expect(read(cell, { template: { Mappings: { M: { a: { b: cell } } } } })).toEqual(['<?? the mapping refers to itself>']);
  });
});

describe('dynamic references', () => {
  const secret = { kind: 'unknown', part: { dynamic: 'secretsmanager' } };
  const value = (raw: Json) => resolve(raw, templateOf(JSON.stringify(SECTIONS)), new World());

  test('a whole value', () => expect(value('{{resolve:secretsmanager:db:SecretString:password}}')).toMatchObject(secret));
  test('by Sub with a known name', () => expect(value({ 'Fn::Sub': '{{resolve:secretsmanager:${Named}}}' })).toMatchObject({ ...secret, part: { written: '{{resolve:secretsmanager:named}}' } }));
  test("CDK's Join around a reference", () => {
    expect(value({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Bucket' }, ':SecretString:password::}}']] }))
      .toMatchObject({ ...secret, part: { written: '{{resolve:secretsmanager:${Bucket}:SecretString:password::}}' } });
  });
  test('beside other text', () => {
    const parts = value('x{{resolve:ssm:/a}}y{{resolve:ssm-secure:/b:1}}');
    expect(parts).toMatchObject({ kind: 'text', parts: ['x', { dynamic: 'ssm' }, 'y', { dynamic: 'ssm-secure' }] });
  });
  test.each(['{{resolve:secretsmanager:hunter2', '{{resolve:nowhere:x}}', '{{resolve:ssm:{x}}'])('%s looks nothing up', (text) => {
    const found = value(text);
    expect(found).toMatchObject({ kind: 'unknown', part: { reason: 'a malformed dynamic reference' } });
    expect(found).not.toHaveProperty('part.dynamic');
  });
  test('ten thousand of them', () => {
    const began = process.cpuUsage();
    value('{{resolve:ssm:/a}}-'.repeat(10_000));
    value({ 'Fn::Join': ['', Array.from({ length: 4000 }, (_, at) => (at % 2 ? { Ref: 'Bucket' } : '{{resolve:ssm:'))] });
    expect(worked(began)).toBeLessThan(SOON);
  });
});

describe('a piece of a text that is not known', () => {
  const template = templateOf(JSON.stringify(SECTIONS));
  const world = new World();
  const arn = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
  const piece = (delimiter: string, text: Json, at = 2): Json => ({ 'Fn::Select': [at, { 'Fn::Split': [delimiter, text] }] });
  const from = (raw: Json) => {
    const value = resolve(raw, template, world);
    return [show(value, world), value.kind === 'unknown' ? value.part.splitFrom && show({ kind: 'text', parts: value.part.splitFrom }, world) : value.kind];
  };
  const OUT_OF = '<? it is split out of Bucket, known at deployment>';
  test.each<[string, Json, string, string | undefined]>([
    ['of a reference', piece('/', arn), OUT_OF, '<Bucket.Arn>'],
    ['behind known text', piece('/', { 'Fn::Sub': 'https://${Bucket.Arn}' }, 3), OUT_OF, '<Bucket.Arn>'],
    ['with text around it, which may be the piece', piece('/', { 'Fn::Sub': 'a/b${Bucket.Arn}/c' }), OUT_OF, 'b<Bucket.Arn>/c'],
    ['of a piece', piece(':', piece('/', arn), 0), OUT_OF, '<Bucket.Arn>'],
    ['of a parameter', piece('/', { Ref: 'Open' }), `<? ${NO_DEFAULT}>`, `<? ${NO_DEFAULT}>`],
    ['of a known text it is known', piece('/', 'a/b/c'), '"c"', 'known'],
    ['of no text', piece('/', 'a'), '<? Fn::Select asks for element 2 of a list of 1>', undefined],
  ])('%s', (_name, raw, gives, text) => expect(from(raw)).toEqual([gives, text]));

  test('is not the reference itself', () => {
    expect(resolve(piece('/', arn), template, world)).toEqual({ kind: 'unknown', part: { reason: expect.stringMatching(/Bucket/), splitFrom: [{ target: template.resources.get('Bucket'), attribute: 'Arn' }] } });
  });

  test('pieces of pieces do not grow', () => {
    const began = process.cpuUsage();
    const grown = (times: number): Json => (times === 0 ? arn : piece('/', { 'Fn::Sub': ['${X}${X}', { X: grown(times - 1) }] }));
    expect(from(grown(40))[0]).toBe(OUT_OF);
    expect(worked(began)).toBeLessThan(SOON);
  });
});

describe('limits', () => {
  test('a text that grows is given up', () => {
    const doubled = (times: number): Json => (times === 0 ? 'x'.repeat(1000) : { 'Fn::Join': ['', [doubled(times - 1), doubled(times - 1)]] });
    expect(read(doubled(7))).toEqual(['<? the text is longer than 100000 characters>']);
  });
  test('a text of too many parts is given up', () => {
    expect(read({ 'Fn::Sub': '${Bucket}'.repeat(10_001) })).toEqual(['<? the text has more than 10000 parts>']);
    expect(read({ 'Fn::Join': ['', Array.from({ length: 20_001 }, () => ({ Ref: 'Bucket' }))] })).toEqual(['<? the text has more than 10000 parts>']);
  });
  test('the budget is shared by all worlds of an evaluation', () => {
    const world = new World();
    const template = templateOf(JSON.stringify(SECTIONS));
    world.fuel.steps = 3;
    const three = () => show(resolve({ Ref: 'Named' }, template, world), world);
    expect([three(), three(), three()]).toEqual(['"named"', '"named"', '<?? the expression is too large to work out>']);
    world.refuel();
    expect(three()).toBe('"named"');
  });
});
