export const handler = () => 'portal';
