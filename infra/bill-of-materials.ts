import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { recordedLicences } from './licences.ts';

/** As much of CycloneDX as is changed here. */
interface Bill {
  metadata: { component: { name: string; 'bom-ref': string } };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Component {
  'bom-ref': string;
  properties: { name: string; value: string }[];
  licenses?: { license: { id: string } }[];
}

/**
 * What npm says of all that the lock file installs. Asked to leave out what is for development, it would also leave
 * out what both the program and a test need, zod among others.
 */
function billOfAll(): Bill {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('this is what npm run sbom runs');
  const asked = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const written = execFileSync(process.execPath, [npm, ...asked], { maxBuffer: 2 ** 26 });
  return JSON.parse(written.toString()) as Bill;
}

function isForDevelopment({ properties }: Component): boolean {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}

function withRecordedLicence(component: Component): Component {
  const recorded = recordedLicences.get(component['bom-ref']);
  if (recorded === undefined) return component;
  const properties = [...component.properties, { name: 'indicators:licence', value: recorded.where }];
  return { ...component, properties, licenses: [{ license: { id: recorded.licence } }] };
}

/** The bill of what runs. npm calls the program as its folder is called. */
function billOfProgram({ metadata, components, dependencies, ...bill }: Bill): Bill {
  const running = components.filter((component) => !isForDevelopment(component)).map(withRecordedLicence);
  const { component } = metadata;
  const refs = new Set([component, ...running].map((each) => each['bom-ref']));
  const name = component['bom-ref'].replace(/@[^@]*$/, '');
  return {
    ...bill,
    metadata: { ...metadata, component: { ...component, name } },
    components: running,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
  };
}

writeFileSync('sbom.cdx.json', `${JSON.stringify(billOfProgram(billOfAll()), null, 2)}\n`);
