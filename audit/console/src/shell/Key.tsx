// Key is the key that does what a button does; nothing where there is none.
export const Key = ({ name }: { name: string | undefined }) => name && <kbd aria-hidden>{name}</kbd>;
