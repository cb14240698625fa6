import { expect, it } from 'vitest';
import { personOf } from '../../functions/cli/commands/workplace.ts';

it.each([
  ['the account of somebody is the name of that person', '赵科长', '赵科长'],
  ['nobody appears as root', 'root', '系统管理员'],
  ['nor as the administrator of Windows', 'Administrator', '系统管理员'],
  ['a name that only contains one stays', 'rootes', 'rootes'],
])('%s', (_, account, name) => {
  expect(personOf(account)).toBe(name);
});
