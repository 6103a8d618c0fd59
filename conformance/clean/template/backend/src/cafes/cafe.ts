export interface Cafe {
  id: string;
  name: string;
}
