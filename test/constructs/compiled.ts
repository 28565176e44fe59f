import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '..', '..');

/** What the compiler says against pieces of TypeScript, as if they stood in files of these names in `test/`. */
export function complaints(sources: ReadonlyMap<string, string>): string[] {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile).config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const virtual = new Map([...sources].map(([name, source]) => [join(root, 'test', name), source]));
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => (virtual.has(name) ? ts.createSourceFile(name, virtual.get(name)!, language, true) : getSourceFile(name, language, ...rest));
  const program = ts.createProgram([...virtual.keys()], { ...options, noEmit: true, skipLibCheck: true, noUnusedLocals: false, noUnusedParameters: false }, host);
  return [...virtual.keys()].flatMap((name) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .map(({ messageText }) => `${name.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

/** Runs a piece of TypeScript as a module of this package's tests, and gives what it exports. */
export function run<T>(source: string): T {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
  const made = {};
  new Function('exports', 'require', outputText)(made, (name: string) => jest.requireActual(name));
  return made as T;
}
