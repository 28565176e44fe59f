import * as accessAnalyzer from './access-analyzer';
import * as accountSettings from './account-settings';
import * as acm from './acm';
import * as apigateway from './apigateway';
import * as apigatewayAccess from './apigateway-access';
import * as apigatewayRequests from './apigateway-requests';
import * as appconfig from './appconfig';
import * as apprunner from './apprunner';
import * as appstream from './appstream';
import * as appsync from './appsync';
import * as arc from './arc';
import * as athena from './athena';
import * as aurora from './aurora';
import * as autoscaling from './autoscaling';
import * as backup from './backup';
import * as backupFramework from './backup-framework';
import * as backupMonitoring from './backup-monitoring';
import * as batch from './batch';
import * as bedrock from './bedrock';
import * as cisAlarms from './cis-alarms';
import * as cloudformation from './cloudformation';
import * as cloudfront from './cloudfront';
import * as cloudtrail from './cloudtrail';
import * as cloudwatch from './cloudwatch';
import * as codeartifact from './codeartifact';
import * as codebuild from './codebuild';
import * as codedeploy from './codedeploy';
import * as codepipeline from './codepipeline';
import * as cognito from './cognito';
import * as configRecording from './config-recording';
import * as connect from './connect';
import * as dataClassification from './data-classification';
import * as datasync from './datasync';
import * as dax from './dax';
import * as detective from './detective';
import * as dlm from './dlm';
import * as dms from './dms';
import * as documentdb from './documentdb';
import * as dsql from './dsql';
import * as dynamodb from './dynamodb';
import * as ec2 from './ec2';
import * as ec2Instances from './ec2-instances';
import * as ecr from './ecr';
import * as ecs from './ecs';
import * as ecsServices from './ecs-services';
import * as efs from './efs';
import * as eks from './eks';
import * as elasticache from './elasticache';
import * as elasticbeanstalk from './elasticbeanstalk';
import * as elb from './elb';
import * as elbClassic from './elb-classic';
import * as emr from './emr';
import * as emrServerless from './emr-serverless';
import * as errorAlarms from './error-alarms';
import * as eventbridge from './eventbridge';
import * as firehose from './firehose';
import * as fis from './fis';
import * as fsx from './fsx';
import * as globalAccelerator from './global-accelerator';
import * as glue from './glue';
import * as glueSecurityConfigurations from './glue-security-configurations';
import * as guardduty from './guardduty';
import * as healthlake from './healthlake';
import * as iamEscalation from './iam-escalation';
import * as iamPolicies from './iam-policies';
import * as iamPrincipals from './iam-principals';
import * as iamTrust from './iam-trust';
import * as imagebuilder from './imagebuilder';
import * as inspector from './inspector';
import * as iot from './iot';
import * as kendra from './kendra';
import type { Rule } from './kernel';
import * as keyspaces from './keyspaces';
import * as kinesis from './kinesis';
import * as kinesisAnalytics from './kinesis-analytics';
import * as kinesisVideo from './kinesis-video';
import * as kms from './kms';
import * as lakeformation from './lakeformation';
import * as lambda from './lambda';
import * as lambdaAccess from './lambda-access';
import * as lambdaBatches from './lambda-batches';
import * as lambdaOperations from './lambda-operations';
import * as lex from './lex';
import * as lightsail from './lightsail';
import * as logs from './logs';
import * as macie from './macie';
import * as memorydb from './memorydb';
import * as mq from './mq';
import * as msk from './msk';
import * as mskConnect from './msk-connect';
import * as mwaa from './mwaa';
import * as naming from './naming';
import * as neptune from './neptune';
import * as networkReach from './network-reach';
import * as networkfirewall from './networkfirewall';
import * as opensearch from './opensearch';
import * as opensearchIngestion from './opensearch-ingestion';
import * as opensearchServerless from './opensearch-serverless';
import * as organizations from './organizations';
import * as pipes from './pipes';
import * as plaintextSecrets from './plaintext-secrets';
import * as privateCa from './private-ca';
import * as quicksight from './quicksight';
import * as ram from './ram';
import * as rds from './rds';
import * as rdsMonitoring from './rds-monitoring';
import * as rdsOperations from './rds-operations';
import * as rdsTls from './rds-tls';
import * as redshift from './redshift';
import * as resilienceHub from './resilience-hub';
import * as resourcePolicies from './resource-policies';
import * as retentionOfData from './retention-of-data';
import * as rolesAnywhere from './roles-anywhere';
import * as route53 from './route53';
import * as route53Resolver from './route53-resolver';
import * as s3 from './s3';
import * as s3Access from './s3-access';
import * as s3Express from './s3-express';
import * as s3Tables from './s3-tables';
import * as s3Vectors from './s3-vectors';
import * as sagemaker from './sagemaker';
import * as sagemakerDomains from './sagemaker-domains';
import * as sagemakerModels from './sagemaker-models';
import * as scheduler from './scheduler';
import * as secretsmanager from './secretsmanager';
import * as securityGroup from './security-group';
import * as securityLake from './security-lake';
import * as securityhub from './securityhub';
import * as ses from './ses';
import * as shield from './shield';
import * as sns from './sns';
import * as sqs from './sqs';
import * as ssm from './ssm';
import * as ssmPatching from './ssm-patching';
import * as sso from './sso';
import * as stepfunctions from './stepfunctions';
import * as stepfunctionsErrors from './stepfunctions-errors';
import * as synthetics from './synthetics';
import * as tags from './tags';
import * as timestream from './timestream';
import * as transfer from './transfer';
import * as verifiedAccess from './verified-access';
import * as verifiedPermissions from './verified-permissions';
import * as vpc from './vpc';
import * as vpcEndpoints from './vpc-endpoints';
import * as vpcLattice from './vpc-lattice';
import * as vpcPeering from './vpc-peering';
import * as vpn from './vpn';
import * as waf from './waf';
import * as workspaces from './workspaces';
import { compareText, nearest } from '../template/text';

let sorted: readonly Rule[] | undefined;
let byType: Map<string, readonly Rule[]> | undefined;
let byId: Map<string, Rule> | undefined;

/** All rules, by id. Collected on first use: importing the registry costs nothing but loading the declarations. */
export function allRules(): readonly Rule[] {
  if (!sorted) {
    const services: Record<string, unknown>[] = [
      accessAnalyzer, accountSettings, acm, apigateway, apigatewayAccess, apigatewayRequests, appconfig, apprunner, appstream, appsync, arc,
      athena, aurora, autoscaling, backup, backupFramework, backupMonitoring, batch, bedrock, cisAlarms, cloudformation, cloudfront, cloudtrail,
      cloudwatch, codeartifact, codebuild, codedeploy, codepipeline, cognito, configRecording, connect, dataClassification, datasync, dax,
      detective, dlm, dms, documentdb, dsql, dynamodb, ec2, ec2Instances, ecr, ecs, ecsServices, efs, eks, elasticache, elasticbeanstalk, elb,
      elbClassic, emr, emrServerless, errorAlarms, eventbridge, firehose, fis, fsx, globalAccelerator, glue, glueSecurityConfigurations,
      guardduty, healthlake, iamEscalation, iamPolicies, iamPrincipals, iamTrust, imagebuilder, inspector, iot, kendra, keyspaces, kinesis,
      kinesisAnalytics, kinesisVideo, kms, lakeformation, lambda, lambdaAccess, lambdaBatches, lambdaOperations, lex, lightsail, logs, macie,
      memorydb, mq, msk, mskConnect, mwaa, naming, neptune, networkReach, networkfirewall, opensearch, opensearchIngestion, opensearchServerless,
      organizations, pipes, plaintextSecrets, privateCa, quicksight, ram, rds, rdsMonitoring, rdsOperations, rdsTls, redshift, resilienceHub,
      resourcePolicies, retentionOfData, rolesAnywhere, route53, route53Resolver, s3, s3Access, s3Express, s3Tables, s3Vectors, sagemaker,
      sagemakerDomains, sagemakerModels, scheduler, secretsmanager, securityGroup, securityLake, securityhub, ses, shield, sns, sqs, ssm,
      ssmPatching, sso, stepfunctions, stepfunctionsErrors, synthetics, tags, timestream, transfer, verifiedAccess, verifiedPermissions, vpc,
      vpcEndpoints, vpcLattice, vpcPeering, vpn, waf, workspaces,
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
