import type { Identity } from '../access/identity.ts';

/** An entry of the navigation. */
export interface Destination {
  title: string;
  address: string;
}

/** Where somebody may go from every page; the first is where they start. */
export function destinations({ roles, department }: Identity, year: number): Destination[] {
  const readers: Destination[] = [
    { title: '报送总览', address: `/${year}` },
    { title: '汇总数据', address: `/${year}/figures` },
    { title: '待处理', address: `/${year}/findings` },
    { title: '报送期限', address: `/${year}/deadlines` },
    { title: '发布', address: `/${year}/publications` },
    { title: '记录查询', address: `/${year}/records` },
    { title: '台账核验', address: `/${year}/verification` },
  ];
  const own: Destination[] = [
    { title: '本部门月报', address: `/${year}/departments/${department}` },
    { title: '本年数据', address: `/${year}/departments/${department}/figures` },
  ];
  return [
    ...(roles.some((role) => role !== 'department') ? readers : []),
    ...(roles.includes('department') && department !== null ? own : []),
  ];
}
