export const handler = () => 'publish';
