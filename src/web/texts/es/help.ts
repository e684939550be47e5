import type { Texts } from '../en.js';

export const help: Texts['help'] = {
  title: 'Sus datos, sus derechos y ayuda',
  lead: 'Qué pasa con sus datos y cómo usted decide sobre ellos.',
  privacy: 'Privacidad',
  rights: 'Sus derechos',
  help: 'Ayuda',
  kept: 'Qué se guarda',
  keptReadings:
    'Las mediciones de los tipos que usted aceptó compartir, con su hora y el dispositivo del que vienen.',
  keptAnswers:
    'Cada una de sus respuestas, cuándo la dio y qué texto leyó. Las respuestas anteriores quedan en el registro.',
  keptPerson: 'Su nombre y cómo comunicarnos con usted, tal como los anotó el equipo del estudio.',
  seen: 'Quién lo ve',
  seenTeam: 'El equipo de un estudio ve las mediciones que usted comparte con ese estudio.',
  seenService: 'Las personas que mantienen este servicio pueden abrir su página para ayudarle.',
  seenBetween:
    'Open Wearables, el servicio entre el fabricante de su dispositivo y nosotros, tiene su propia copia. Le conoce por un número, no por su nombre.',
  notSeen: 'La contraseña que usa con el fabricante de su dispositivo nunca llega a nosotros.',
  stop: 'Dejar de compartir',
  stopHow:
    'Deje de compartir un tipo de datos, desconecte un dispositivo o deje un estudio: en su página, en cualquier momento y sin dar ninguna razón. Su atención médica no cambia.',
  stopMeans: 'La lectura termina enseguida. Lo que un estudio ya tiene se queda con él.',
  download: 'Llevarse sus datos',
  downloadHow: 'Descargue en su página todo lo que tenemos de usted, en una tabla o en líneas JSON.',
  remove: 'Borrar',
  removeHow:
    'Cuando un dispositivo está desconectado, su página ofrece borrar la copia que Open Wearables guarda de él.',
  removeAll:
    '«Borrar mis datos», en su página, borra para siempre todo lo que se guarda de usted, aquí y en Open Wearables.',
  toYourPage: 'Ir a su página',
  ask: 'A quién preguntar',
  askTeam: 'Pregunte al equipo del estudio que le invitó.',
  lostLink: '¿Perdió su enlace o ya no funciona?',
  logHelps:
    'Cuando algo no funciona, «Copiar para soporte», debajo del registro de la conexión, se lleva los pasos. No contiene contraseñas ni ninguna de sus mediciones.',
};
