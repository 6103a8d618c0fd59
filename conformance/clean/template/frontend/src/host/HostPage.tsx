export const HostPage = () => <h1>Your café</h1>;
