import type { Role } from './api/session';

// Who may read what, as the API has it.
export const deciders: Role[] = ['officer', 'reviewer', 'director'];
export const readers: Role[] = [...deciders, 'clerk', 'supervisor'];
export const staff: Role[] = [...readers, 'administrator'];
