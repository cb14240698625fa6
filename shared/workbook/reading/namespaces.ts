/** SpreadsheetML as Excel writes it, and in its strict form. */
export const mainNamespaces = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
] as const;

export const relationshipNamespaces = [
  'http://schemas.openxmlformats.org/package/2006/relationships',
] as const;

/** The properties of a file, transitional and strict. */
export const extendedNamespaces = [
  'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties',
  'http://purl.oclc.org/ooxml/officeDocument/extendedProperties',
] as const;
