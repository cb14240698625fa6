/** Where a department's pages are. */
export interface DepartmentYear {
  year: number;
  department: string;
}

/** Where one return's pages are. */
export interface ReturnPlace extends DepartmentYear {
  period: string;
}

export function departmentAddress({ year, department }: DepartmentYear): string {
  return `/${year}/departments/${department}`;
}

export function departmentFiguresAddress(place: DepartmentYear): string {
  return `${departmentAddress(place)}/figures`;
}

export function returnAddress(place: ReturnPlace): string {
  return `${departmentAddress(place)}/${place.period}`;
}

export function uploadAddress(place: ReturnPlace, upload: string): string {
  return `${returnAddress(place)}/uploads/${upload}`;
}

/** The page that waits for an upload which went straight to the store. */
export function receivedAddress(place: ReturnPlace, query: { token: string; since?: string }): string {
  return `${returnAddress(place)}/uploads/received?${new URLSearchParams(query)}`;
}

export function acknowledgementAddress(place: ReturnPlace, warning: string): string {
  return `${returnAddress(place)}/warnings/${warning}/acknowledgement`;
}
