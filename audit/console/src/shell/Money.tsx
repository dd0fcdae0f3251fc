import { money } from '../format';

// Money is an amount in yuan, in figures that stand below each other.
export function Money({ amount, weak = false }: { amount: string | null | undefined; weak?: boolean }) {
  return <span className={weak ? 'figures weak' : 'figures'}>{money(amount)}</span>;
}
