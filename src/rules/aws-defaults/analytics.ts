import type { AwsDefault } from '../kernel';

export const analytics = {
  'AWS::AmazonMQ::Broker.AutoMinorVersionUpgrade': { value: true, source: 'AWS::AmazonMQ::Broker', read: '2026-11' },
  'AWS::AmazonMQ::Broker.PubliclyAccessible': { value: false, source: 'AWS::AmazonMQ::Broker', read: '2026-11' },
  'AWS::Cognito::IdentityPool.AllowClassicFlow': { value: false, source: 'AWS::Cognito::IdentityPool', read: '2026-11' },
  'AWS::Cognito::UserPool.DeletionProtection': { value: 'INACTIVE', source: 'Amazon Cognito API reference, CreateUserPool', read: '2026-11' },
  'AWS::Cognito::UserPool.MfaConfiguration': { value: 'OFF', source: 'AWS::Cognito::UserPool', read: '2026-11' },
  // Where no policy is given. Within a policy, a requirement that is left out is off.
  'AWS::Cognito::UserPool.Policies.PasswordPolicy': {
    value: { MinimumLength: 8, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true },
    source: 'Amazon Cognito developer guide, "Adding user pool password requirements"',
    read: '2026-11',
  },
  'AWS::Cognito::UserPoolClient.EnableTokenRevocation': { value: true, source: 'AWS::Cognito::UserPoolClient', read: '2026-11' },
  'AWS::Cognito::UserPoolClient.PreventUserExistenceErrors': { value: 'LEGACY', source: 'AWS::Cognito::UserPoolClient', read: '2026-11' },
  'AWS::EMRServerless::Application.MonitoringConfiguration.ManagedPersistenceMonitoringConfiguration.Enabled': {
    value: true, source: 'AWS::EMRServerless::Application ManagedPersistenceMonitoringConfiguration', read: '2026-11',
  },
  'AWS::Glue::Connection.ConnectionInput.ConnectionProperties.JDBC_ENFORCE_SSL': {
    value: false, source: 'AWS Glue API reference, Connection: ConnectionProperties', read: '2026-11',
  },
  'AWS::Glue::Connection.ConnectionInput.ConnectionProperties.KAFKA_SSL_ENABLED': {
    value: true, source: 'AWS Glue API reference, Connection: ConnectionProperties', read: '2026-11',
  },
  'AWS::HealthLake::FHIRDatastore.SseConfiguration.KmsEncryptionConfig.CmkType': {
    value: 'AWS_OWNED_KMS_KEY', source: 'AWS HealthLake developer guide, "Encryption at rest for AWS HealthLake"', read: '2026-11',
  },
  'AWS::IoT::Authorizer.SigningDisabled': { value: false, source: 'AWS::IoT::Authorizer', read: '2026-11' },
  'AWS::MWAA::Environment.WebserverAccessMode': { value: 'PRIVATE_ONLY', source: 'Amazon MWAA user guide, "Apache Airflow access modes"', read: '2026-11' },
  'AWS::QuickSight::DataSource.SslProperties.DisableSsl': { value: false, source: 'AWS::QuickSight::DataSource SslProperties', read: '2026-11' },
  'AWS::SES::ConfigurationSet.DeliveryOptions.TlsPolicy': { value: 'OPTIONAL', source: 'Amazon SES API reference, DeliveryOptions' },
  'AWS::SES::EmailIdentity.DkimAttributes.SigningEnabled': { value: true, source: 'Amazon SES developer guide, "Easy DKIM in Amazon SES"' },
  'AWS::SES::ReceiptRule.Rule.ScanEnabled': { value: false, source: 'AWS::SES::ReceiptRule Rule' },
  'AWS::SES::ReceiptRule.Rule.TlsPolicy': { value: 'Optional', source: 'AWS::SES::ReceiptRule Rule' },
  'AWS::SageMaker::Domain.AppNetworkAccessType': { value: 'PublicInternetOnly', source: 'AWS::SageMaker::Domain', read: '2026-11' },
  'AWS::SageMaker::NotebookInstance.DirectInternetAccess': {
    value: 'Enabled', source: 'Amazon SageMaker AI developer guide, "Notebook instances are internet-enabled by default"', read: '2026-11',
  },
  'AWS::SageMaker::NotebookInstance.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion': {
    value: '1', source: 'AWS::SageMaker::NotebookInstance InstanceMetadataServiceConfiguration', read: '2026-11',
  },
  'AWS::SageMaker::NotebookInstance.RootAccess': { value: 'Enabled', source: 'AWS::SageMaker::NotebookInstance', read: '2026-11' },
  'AWS::Transfer::Server.EndpointType': { value: 'PUBLIC', source: 'AWS Transfer Family API reference, CreateServer' },
  'AWS::Transfer::Server.Protocols': { value: ['SFTP'], source: 'AWS Transfer Family API reference, CreateServer' },
  // The console and the API attach a later one.
  'AWS::Transfer::Server.SecurityPolicyName': {
    value: 'TransferSecurityPolicy-2018-11',
    source: 'AWS Transfer Family user guide, "Security policies for AWS Transfer Family servers": servers created with CloudFormation',
    read: '2026-11',
  },
  'AWS::VerifiedPermissions::PolicyStore.DeletionProtection.Mode': { value: 'DISABLED', source: 'AWS::VerifiedPermissions::PolicyStore DeletionProtection', read: '2026-11' },
} as const satisfies Readonly<Record<string, AwsDefault>>;
