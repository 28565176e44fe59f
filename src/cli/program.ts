import { Command, CommanderError, Option } from 'commander';
import { CATEGORIES } from '../criteria';
import { ExitCode, Failure } from './failure';
import { toolVersion } from '../ledger/digest';
import { printable } from '../report/printable';
import { InputError } from '../template/parse';

const EPILOGUE = `
Exit codes:
  0  nothing failed at or above --fail-on
  1  something did
  2  the command or its input is wrong; nothing was decided
  3  the evidence is incomplete (an input could not be read) or does not verify`;

function collect(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').map((part) => part.trim()).filter(Boolean)];
}

function one(value: string, before: string[]): string[] {
  return [...before, value];
}

/* eslint-disable @typescript-eslint/no-require-imports */
function program(): Command {
  const command = new Command('cdk-soc2')
    .description('SOC 2 design evidence from AWS CDK apps and CloudFormation templates')
    .version(toolVersion(), '-V, --version', 'print the version')
    .option('--debug', 'show the stack trace of an error')
    .showHelpAfterError('(cdk-soc2 --help shows the usage)')
    .addHelpText('after', EPILOGUE)
    .configureOutput({ outputError: (text, write) => write(`cdk-soc2: ${text.replace(/^error: /, '')}`) });

  const assessed = (made: Command): Command => made
    .addOption(new Option('--categories <list>', `categories in scope, of ${CATEGORIES.join(', ')} (security is always in)`).argParser(collect).default([], 'security, availability'))
    .addOption(new Option('--parameters <file>', 'values of template parameters: a JSON or YAML file, or Name=Value (repeatable)').argParser(one).default([], 'defaults in the templates'))
    .option('--as-of <day>', 'the day that expiry dates are compared with, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today in UTC)')
    .addOption(new Option('--acknowledgements <mode>', 'whether CDK\'s own acknowledgements count').choices(['honour', 'refuse']).default('honour'))
    .option('--require-explicit', 'treat a default that AWS applies as if the property were missing', false)
    .addOption(new Option('--require <list>', 'controls of the account and region that these templates themselves must show').argParser(collect).default([], 'none'))
    .addOption(new Option('--inherit <control>', 'a control of the account and region that another system provides: "<rule>=<who provides it> | <evidence>" (repeatable)').argParser(one).default([], 'none'));

  assessed(command.command('check'))
    .summary('judge cloud assemblies, templates or directories of templates')
    .description('Judges cloud assemblies, CloudFormation templates (JSON or YAML) or directories of either.')
    .argument('[paths...]', 'what to judge (default: cdk.out)')
    .addOption(new Option('--format <list>', 'text, json, md, csv, html; repeatable').argParser(collect).default([], 'text'))
    .option('--output <dir>', 'write the formats into this directory instead of to stdout')
    .addOption(new Option('--fail-on <severity>', 'exit with 1 when something fails at or above it').choices(['critical', 'high', 'medium', 'low', 'none']).default('medium'))
    .option('--advisory', 'also show what advisory rules remark (weak or contested controls)', false)
    .action((paths: string[], options) => finish((require('./commands/check') as typeof import('./commands/check')).check(paths, options)));

  assessed(command.command('report'))
    .summary('write the control-mapping report')
    .description('Writes the control-mapping report of cloud assemblies, templates, directories of templates, or of a ledger written before.')
    .argument('[paths...]', 'what to report on, or a ledger.json (default: cdk.out)')
    .requiredOption('--output <dir>', 'the directory to write into')
    .addOption(new Option('--format <list>', 'html, csv, json, md, text; repeatable').argParser(collect).default([], 'html, json'))
    .action((paths: string[], options) => finish((require('./commands/report') as typeof import('./commands/report')).report(paths, options)));

  command.command('rules')
    .summary('list the rules')
    .description('Lists the rules, with their criteria and severity.')
    .addOption(new Option('--format <name>', 'how').choices(['text', 'json', 'md']).default('text'))
    .option('--criterion <id>', 'only rules that map to this criterion')
    .option('--type <type>', 'only rules for this CloudFormation resource type')
    .addOption(new Option('--scope <scope>', 'only rules about resources, or about accounts and regions').choices(['resource', 'environment']))
    .action((options) => finish((require('./commands/rules') as typeof import('./commands/rules')).rules(options)));

  command.command('explain')
    .summary('explain a rule or a criterion')
    .description('Explains a rule (S3.Versioning), also by its name in AWS Config or cdk-nag (S3_BUCKET_VERSIONING_ENABLED, S3BucketVersioningEnabled), or a criterion (CC6.1).')
    .argument('<id>', 'a rule, its name in AWS Config or cdk-nag, or a criterion')
    .action((id: string) => finish((require('./commands/explain') as typeof import('./commands/explain')).explain(id)));

  for (const sub of [command, ...command.commands]) sub.exitOverride();
  return command;
}
/* eslint-enable @typescript-eslint/no-require-imports */

function finish(exitCode: ExitCode): void {
  process.exitCode = exitCode;
}

/** Runs the command. Errors are one line on stderr; only `--debug` shows more. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that closes early (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  try {
    const command = program();
    if (argv.length <= 2) {
      command.outputHelp();
      return;
    }
    await command.parseAsync(argv as string[]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE;
      return;
    }
    const known = error instanceof Failure || error instanceof InputError;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cdk-soc2: ${printable(known ? message : `unexpected error: ${message}`)}\n`);
    if (argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    else if (!known) process.stderr.write('cdk-soc2: run again with --debug to see where\n');
    process.exitCode = error instanceof Failure ? error.exitCode : ExitCode.USAGE;
  }
}
