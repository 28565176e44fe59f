import * as acm from './acm';
import * as apigateway from './apigateway';
import * as apigatewayAccess from './apigateway-access';
import * as aurora from './aurora';
import * as autoscaling from './autoscaling';
import * as backup from './backup';
import * as batch from './batch';
import * as cloudfront from './cloudfront';
import * as cloudtrail from './cloudtrail';
import * as cloudwatch from './cloudwatch';
import * as codebuild from './codebuild';
import * as cognito from './cognito';
import * as dax from './dax';
import * as dms from './dms';
import * as documentdb from './documentdb';
import * as dynamodb from './dynamodb';
import * as ec2 from './ec2';
import * as ecr from './ecr';
import * as ecs from './ecs';
import * as ecsServices from './ecs-services';
import * as efs from './efs';
import * as eks from './eks';
import * as elasticache from './elasticache';
import * as elb from './elb';
import * as elbClassic from './elb-classic';
import * as emr from './emr';
import * as firehose from './firehose';
import * as iamPolicies from './iam-policies';
import * as iamPrincipals from './iam-principals';
import * as iot from './iot';
import type { Rule } from './kernel';
import * as kinesis from './kinesis';
import * as kms from './kms';
import * as lambda from './lambda';
import * as lambdaAccess from './lambda-access';
import * as logs from './logs';
import * as memorydb from './memorydb';
import * as mq from './mq';
import * as msk from './msk';
import * as naming from './naming';
import * as neptune from './neptune';
import * as networkfirewall from './networkfirewall';
import * as opensearch from './opensearch';
import * as plaintextSecrets from './plaintext-secrets';
import * as rds from './rds';
import * as rdsOperations from './rds-operations';
import * as redshift from './redshift';
import * as s3 from './s3';
import * as s3Access from './s3-access';
import * as secretsmanager from './secretsmanager';
import * as securityGroup from './security-group';
import * as sns from './sns';
import * as sqs from './sqs';
import * as stepfunctions from './stepfunctions';
import * as vpc from './vpc';
import * as waf from './waf';
import { compareText, nearest } from '../template/text';

let sorted: readonly Rule[] | undefined;
let byType: Map<string, readonly Rule[]> | undefined;
let byId: Map<string, Rule> | undefined;

/** All rules, by id. Collected on first use: importing the registry costs nothing but loading the declarations. */
export function allRules(): readonly Rule[] {
  if (!sorted) {
    const services: Record<string, unknown>[] = [
      acm, apigateway, apigatewayAccess, aurora, autoscaling, backup, batch, cloudfront, cloudtrail, cloudwatch, codebuild, cognito, dax, dms,
      documentdb, dynamodb, ec2, ecr, ecs, ecsServices, efs, eks, elasticache, elb, elbClassic, emr, firehose, iamPolicies, iamPrincipals, iot,
      kinesis, kms, lambda, lambdaAccess, logs, memorydb, mq, msk, naming, neptune, networkfirewall, opensearch, plaintextSecrets, rds,
      rdsOperations, redshift, s3, s3Access, secretsmanager, securityGroup, sns, sqs, stepfunctions, vpc, waf,
    ];
    sorted = services.flatMap((service) => Object.values(service).filter(isRule)).sort((a, b) => compareText(a.id, b.id));
  }
  return sorted;
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'resourceTypes' in value && 'check' in value;
}

/** The rules that apply to each resource of a type. */
export function rulesForType(type: string): readonly Rule[] {
  if (!byType) {
    const map = new Map<string, Rule[]>();
    for (const rule of allRules()) {
      if (rule.scope !== 'resource') continue;
      for (const one of rule.resourceTypes) {
        const list = map.get(one);
        if (list) list.push(rule);
        else map.set(one, [rule]);
      }
    }
    byType = map;
  }
  return byType.get(type) ?? [];
}

/**
 * The rule with an id.
 *
 * @throws Error naming the id, with the nearest one that exists.
 */
export function ruleById(id: string): Rule {
  byId ??= new Map(allRules().map((rule) => [rule.id, rule]));
  const found = byId.get(id);
  if (found) return found;
  const near = nearest(id, [...byId.keys()]);
  throw new Error(`rule ${JSON.stringify(id)} does not exist${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`);
}
