import { awsDefaults } from './aws-defaults';
import { any, applies, not, rule } from './kernel';
import { stands } from './shared/stands';

export const scanning = rule({
  id: 'ImageBuilder.Scanning',
  resourceTypes: ['AWS::ImageBuilder::ImagePipeline', 'AWS::ImageBuilder::Image'],
  title: 'Images are scanned for vulnerabilities when they are built',
  severity: 'medium',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8', 'CC3.2'] },
  rationale: 'An image carries its known vulnerabilities into every instance; the findings of the build are the first chance to see them, and a record.',
  remediation: { cfn: 'ImageScanningConfiguration: { ImageScanningEnabled: true }' },
  sources: ['AWS::ImageBuilder::ImagePipeline ImageScanningConfiguration: keeps the findings of Amazon Inspector for the build instance'],
  check: (pipeline) => pipeline.get('ImageScanningConfiguration.ImageScanningEnabled').isTrue(),
});

export const imdsV2 = rule({
  id: 'ImageBuilder.ImdsV2',
  resourceTypes: ['AWS::ImageBuilder::InfrastructureConfiguration'],
  title: 'Build instances give their metadata for session tokens only',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'What runs during a build, downloads among it, could otherwise be made to fetch the credentials of the build instance.',
  remediation: { cfn: 'InstanceMetadataOptions: { HttpTokens: required }' },
  sources: ['AWS::ImageBuilder::InfrastructureConfiguration InstanceMetadataOptions: HttpTokens is optional by default'],
  check: (infrastructure) => infrastructure.get('InstanceMetadataOptions.HttpTokens')
    .awsDefault(awsDefaults['AWS::ImageBuilder::InfrastructureConfiguration.InstanceMetadataOptions.HttpTokens']).is('required'),
});

export const volumesEncrypted = rule({
  id: 'ImageBuilder.VolumesEncrypted',
  resourceTypes: ['AWS::ImageBuilder::ImageRecipe'],
  title: 'Volumes of the image are encrypted',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Instances whose launch says nothing of encryption are as their image is. Images for other accounts are often left unencrypted, so this is asked for.',
  remediation: { cfn: 'BlockDeviceMappings with Ebs: { Encrypted: true } for every volume' },
  configRule: 'IMAGEBUILDER_IMAGERECIPE_EBS_VOLUMES_ENCRYPTED',
  sources: ['AWS::ImageBuilder::ImageRecipe EbsInstanceBlockDeviceSpecification'],
  onByDefault: false,
  check: (recipe) => {
    const mappings = recipe.get('BlockDeviceMappings');
    return applies(mappings.some((mapping) => stands(mapping.get('Ebs'))), 'its volumes are those of the parent image',
      () => mappings.every((mapping) => any([not(stands(mapping.get('Ebs')), 'a volume'), mapping.get('Ebs.Encrypted').isTrue()])));
  },
});
