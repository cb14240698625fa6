export const handler = () => 'ingest';
