import { any, both, not, Policy, serviceOfAction, Statement, Truth } from '../kernel';

/** A way to more rights than were given: an action on whatever resource, and what else it takes, each in one of several ways. */
export interface Way {
  readonly anywhere: string;
  readonly also?: readonly (readonly string[])[];
}

const pass = (...also: readonly (readonly string[])[]): Way => ({ anywhere: 'iam:PassRole', also });

/**
 * Actions of IAM that change what somebody may do, or hand out their credentials.
 * Source: Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation"; IAM user guide, "Permissions boundaries for IAM entities".
 */
export const RIGHTS_OF_OTHERS: readonly Way[] = [
  'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:AddUserToGroup',
  'iam:UpdateAssumeRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary',
  'iam:PutUserPermissionsBoundary', 'sso:PutInlinePolicyToPermissionSet', 'sso:AttachManagedPolicyToPermissionSet',
].map((anywhere) => ({ anywhere }));

/**
 * Ways to have a service act with a role of one's choice: the role is passed, and something that runs is made.
 * Sources: as above; pathfinding.cloud, "AWS IAM privilege escalation paths"; IAM user guide, "Granting a user permissions to pass a role to an AWS service".
 */
export const PASSED_ROLES: readonly Way[] = [
  pass(['lambda:CreateFunction'], ['lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'lambda:AddPermission', 'lambda:CreateFunctionUrlConfig']),
  pass(['ec2:RunInstances', 'ec2:RequestSpotInstances', 'ec2:AssociateIamInstanceProfile', 'ec2:ReplaceIamInstanceProfileAssociation']),
  pass(['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup'], ['autoscaling:CreateLaunchConfiguration', 'ec2:CreateLaunchTemplate']),
  pass(['ecs:RegisterTaskDefinition'], ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService']),
  pass(['batch:RegisterJobDefinition'], ['batch:SubmitJob']),
  pass(['apprunner:CreateService', 'apprunner:UpdateService']),
  pass(['glue:CreateDevEndpoint']),
  pass(['glue:CreateJob', 'glue:UpdateJob'], ['glue:StartJobRun', 'glue:CreateTrigger']),
  pass(['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStackSet']),
  pass(['codebuild:CreateProject', 'codebuild:UpdateProject'], ['codebuild:StartBuild', 'codebuild:StartBuildBatch']),
  pass(['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline']),
  pass(['sagemaker:CreateNotebookInstance'], ['sagemaker:CreatePresignedNotebookInstanceUrl']),
  pass(['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateHyperParameterTuningJob']),
  pass(['datapipeline:CreatePipeline'], ['datapipeline:PutPipelineDefinition'], ['datapipeline:ActivatePipeline']),
  pass(['states:CreateStateMachine', 'states:UpdateStateMachine'], ['states:StartExecution', 'states:StartSyncExecution']),
  pass(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule']),
  pass(['elasticmapreduce:RunJobFlow']),
  pass(['ssm:StartAutomationExecution']),
  pass(['cognito-identity:SetIdentityPoolRoles']),
  pass(['bedrock-agentcore:CreateCodeInterpreter'], ['bedrock-agentcore:InvokeCodeInterpreter']),
];

/** Ways into what already runs with a role: its code, its build or a shell on it. Source: as above. */
export const RUNNING_CODE: readonly Way[] = [
  ...['lambda:UpdateFunctionCode', 'ssm:SendCommand', 'ssm:StartSession', 'ec2-instance-connect:SendSSHPublicKey', 'glue:UpdateDevEndpoint',
    'sagemaker:CreatePresignedNotebookInstanceUrl', 'ecs:ExecuteCommand'].map((anywhere) => ({ anywhere })),
  { anywhere: 'codebuild:UpdateProject', also: [['codebuild:StartBuild', 'codebuild:StartBuildBatch']] },
];

export function nameOf(way: Way): string {
  return [way.anywhere, ...way.also?.map(([first]) => first) ?? []].join(' with ');
}

/** Keys that bind what such an action may do, where a condition asks for a value of theirs. */
const BOUNDS = /^(iam:(permissionsboundary|resourcetag\/.+)|aws:resourcetag\/.+|ssm:resourcetag\/.+|ecs:(cluster|task|container-name)|lambda:functionarn)$/;
/** The same, of keys that every such request has, so that a condition "if it exists" binds them too. */
const ALWAYS_THERE = /^iam:(passedtoservice|policyarn|associatedresourcearn)$/;

const isBound = (key: string): boolean => BOUNDS.test(key) || ALWAYS_THERE.test(key);

/** A condition binds what the action may be done to, or with. */
export function isBounded(statement: Statement): Truth {
  const conditions = statement.conditions();
  if (conditions.none) return UNCONDITIONAL;
  return any([conditions.binds((key) => BOUNDS.test(key)), conditions.binds((key) => ALWAYS_THERE.test(key), undefined, true)]);
}

const UNCONDITIONAL = Truth.no('there is no condition');

/** What some policies together let their holder do, as far as a set of ways needs it known. */
export class Grants {
  private readonly allowed: Statement[] = [];
  private readonly denied: Statement[] = [];
  private readonly open: Truth[] = [];
  /** Some statement may allow the first step of some way. */
  private begun = false;
  private known?: Map<string, Truth>;

  constructor(policies: readonly Policy[], private readonly ways: readonly Way[]) {
    const { all: services, first } = servicesOf(ways);
    for (const policy of policies) {
      const { items, open } = policy.statements();
      for (const statement of items) {
        // Most statements are of other services, and are left at that.
        const own = statement.services();
        if (!meet(own, services)) continue;
        this.begun ||= meet(own, first);
        if (!statement.effect('Allow').no) this.allowed.push(statement);
        if (!statement.effect('Deny').no) this.denied.push(statement);
      }
      if (open) this.open.push(open());
      if (!items.length) policy.property.seen();
    }
  }

  /** The ways that stand open, or may. */
  found(): { way: Way; truth: Truth }[] {
    if (!this.begun && !this.open.length) return [];
    return this.ways.map((way) => ({ way, truth: this.leads(way) })).filter(({ truth }) => !truth.no);
  }

  private leads(way: Way): Truth {
    let truth = this.may(way.anywhere, true);
    for (const actions of way.also ?? []) truth = both(truth, () => any(actions.map((action) => this.may(action, false))));
    return truth;
  }

  /** The holder may do something to whatever resource, or to some. */
  private may(action: string, anywhere: boolean): Truth {
    const known = this.known ??= new Map();
    const question = anywhere ? action : `some ${action}`;
    let truth = known.get(question);
    if (!truth) known.set(question, truth = this.work(action, anywhere));
    return truth;
  }

  private work(action: string, anywhere: boolean): Truth {
    const allowed = any([...this.allowed.map((statement) => both(anywhere ? statement.wideResource(action) : Truth.YES, () => both(
      statement.coversAction(action),
      () => both(statement.effect('Allow'), () => (anywhere ? not(isBounded(statement), 'a condition binds it') : Truth.YES)),
    ))), ...this.open]);
    return both(allowed, () => not(any(this.denied.map((statement) => both(statement.effect('Deny'), () => both(
      statement.coversAction(action), () => both(statement.wideResource(action), () => statement.conditions().sparesOnly(isBound)),
    )))), 'it is denied'));
  }
}

/** A statement of unknown services may be of any. */
function meet(own: ReadonlySet<string> | undefined, others: ReadonlySet<string>): boolean {
  if (!own) return true;
  for (const service of own) if (others.has(service)) return true;
  return false;
}

interface Services { readonly all: ReadonlySet<string>; readonly first: ReadonlySet<string> }

const services = new WeakMap<readonly Way[], Services>();

/** The services of the actions of some ways, and of their first steps. */
function servicesOf(ways: readonly Way[]): Services {
  let found = services.get(ways);
  if (!found) {
    const first = new Set(ways.map((way) => serviceOfAction(way.anywhere)));
    services.set(ways, found = { first, all: new Set([...first, ...ways.flatMap((way) => (way.also ?? []).flat()).map(serviceOfAction)]) });
  }
  return found;
}

/** None of the ways stands open. The message tells those that do. */
export function noneOpen(found: readonly { way: Way; truth: Truth }[], message: (ways: string) => string): Truth {
  const open = found.filter(({ truth }) => truth.yes);
  if (open.length) {
    return Truth.no(() => {
      const names = open.slice(0, MOST_NAMED).map(({ way }) => nameOf(way));
      return message(names.join(', ') + (open.length > names.length ? `, and ${open.length - names.length} more` : ''));
    });
  }
  return found.length ? found[0].truth : Truth.YES;
}

const MOST_NAMED = 4;
