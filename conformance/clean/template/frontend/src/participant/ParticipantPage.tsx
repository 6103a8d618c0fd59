export const ParticipantPage = () => <h1>Welcome</h1>;
