import type { Texts } from '../en.js';

export const wayBack: Texts['wayBack'] = {
  welcome: 'Bienvenido de nuevo',
  welcomeLead: 'Siga donde lo dejó. Este enlace funciona una sola vez; abrir esta página no lo ha usado.',
  goOn: 'Continuar',
  freshInvitation: 'Envíenme una invitación nueva',
  freshLink: 'Envíenme un enlace nuevo',
  byMail:
    'Lo enviamos a la dirección de correo que el equipo del estudio tiene de usted, normalmente en un minuto.',
  yourAddress: 'Su dirección de correo',
  addressHelp: 'La que tiene el equipo del estudio.',
  asked: 'Mire en su buzón',
  askedLead:
    'Si conocemos esta dirección y hay algo que abrir, un enlace nuevo ya va en camino. Suele tardar un minuto.',
  askedAgain:
    '¿No llegó nada? Mire en la carpeta de correo no deseado y vuelva a pedirlo dentro de una hora.',
};
