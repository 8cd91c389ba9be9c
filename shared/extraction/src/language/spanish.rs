//! Spanish, folded.

use super::Marks;

pub(super) const WORDS: &[(Marks, &str)] = &[
    (Marks::VERB, INFINITIVES),
    (
        Marks::NEGATION,
        "no nunca jamas nada nadie ningun ninguna tampoco sin",
    ),
    (Marks::CONDITION, "si salvo suponiendo"),
    (
        Marks::DOUBT,
        "quiza quizas tal podria podrian podriamos deberia habria seria gustaria probablemente posiblemente ojala eventualmente",
    ),
    (Marks::FIRST, "yo me mi mio"),
    (Marks::SECOND, "tu te usted ustedes vosotros os le ti"),
    (Marks::PLURAL, "nosotros nos nuestro nuestra"),
    (Marks::THIRD, "el ella ellos ellas esto eso esta este se lo"),
    (Marks::ANYONE, "alguien todos todas cualquiera ambos"),
    (
        Marks::ROLE,
        "equipo marketing finanzas legal rrhh diseno ingenieria ventas soporte administracion contabilidad direccion gerencia secretaria secretario tesorero tesorera presidente presidenta \
        compras logistica coordinador coordinadora comite proveedor desarrollo produccion comunicacion padres alumnos estudiantes profesor profesora director directora administrador administradora arquitecto arquitecta contratista encargado encargada gerente jefe jefa abogado abogada gestor gestora vocal delegado delegada tutor tutora conserje portero medico enfermera",
    ),
    (
        Marks::GENERIC,
        "empleados usuarios visitantes clientes inquilinos residentes huespedes pasajeros ciudadanos trabajadores usuario empleado cliente socios miembros",
    ),
    (
        Marks::HABIT,
        "siempre nunca normalmente generalmente habitualmente",
    ),
    (
        Marks::REPORT,
        "dijo dice informo informa anuncio explico explica comento comenta menciono segun aseguro afirmo indico",
    ),
    (Marks::PLEASE, "favor porfa porfavor"),
    (
        Marks::MEETING,
        "reunion junta cita llamada entrevista taller conferencia asamblea videollamada seminario sesion almuerzo cena desayuno dentista medico visita formacion presentacion",
    ),
    (Marks::EXAM, "examen examenes parcial prueba final control"),
    (
        Marks::COURSEWORK,
        "tarea tareas deberes ensayo trabajo practica entrega informe ejercicio ejercicios proyecto",
    ),
    (
        Marks::FUNCTION,
        "el la los las un una unos unas y o u de del al a en con por para sin sobre que se lo le les su sus mi tu es son fue era ser estar hay ya muy mas menos tambien como cuando donde \
        ha han he si no pero porque este esta ese esa esto eso",
    ),
    (
        Marks::STATE,
        "ser estar haber tener parecer costar subir bajar creer pensar saber gustar querer vivir morir ganar perder crecer existir",
    ),
    (
        Marks::RECIPE,
        "horno precalentar cucharada cucharadas cucharadita taza tazas harina azucar mantequilla hornear hervir cebolla ajo sal pimienta masa mezclar batir sarten gramos aceite huevos ingredientes",
    ),
    (
        Marks::ADVERT,
        "descuento oferta ofertas rebajas cupon promocion gratis suscribete suscribirse compra compre ahora exclusivo envio ahorra aprovecha newsletter",
    ),
    (
        Marks::MANUAL,
        "clic boton menu instalar pantalla pulse haga presione ajustes carpeta archivo enchufe tornillo tornillos",
    ),
    (
        Marks::LEGAL,
        "reglamento norma normas politica prohibido permitido clausula contrato obligatorio estatutos reglas",
    ),
    (
        Marks::DONE,
        "hecho hecha terminado terminada completado completada listo lista cerrado cerrada cancelado cancelada finalizado finalizada entregado entregada pagado pagada enviado enviada ya resuelto resuelta",
    ),
    (
        Marks::MODAL,
        "debe deben debemos debes tiene tienen tenemos tienes tengo va van vamos voy hay necesita necesitamos necesito puede podria puedes podrias pueden",
    ),
    (
        Marks::PAST,
        "envio enviamos enviaron termino termine hizo hicimos fue fueron estuvo reviso compro pago presento entrego aprobo aprobaron dijo",
    ),
    (
        Marks::THING,
        "sistema servidor precio precios proyecto presupuesto informe mercado empresa gobierno programa tiempo clima",
    ),
    (
        Marks::QUESTION,
        "quien que cuando donde como cual cuales cuanto",
    ),
    (
        Marks::GREETING,
        "hola buenos buenas gracias saludos estimado estimada querido querida",
    ),
];

const INFINITIVES: &str = "\
acabar aceptar acordar actualizar adjuntar agendar agregar ajustar alquilar analizar anadir apagar aprobar archivar arreglar asignar asistir avisar ayudar borrar buscar calcular cambiar cancelar cargar cerrar coger colgar comentar comparar \
completar comprar comprobar comunicar concertar conectar confirmar configurar conseguir consultar contactar contestar contratar convocar coordinar copiar corregir cotizar crear cubrir dar decidir definir desarrollar descargar desplegar devolver \
difundir disenar distribuir documentar duplicar editar elaborar elegir eliminar encargar entregar enviar escribir escanear estudiar evaluar explicar facturar fijar finalizar firmar formar gestionar guardar hablar hacer implementar \
imprimir informar ingresar inscribir instalar investigar invitar lavar leer limpiar liquidar llamar llenar llevar localizar mandar mantener medir mejorar migrar modificar montar mostrar negociar notificar obtener ofrecer ordenar organizar \
pagar pasar pedir pintar planificar poner preguntar preparar presentar presupuestar probar programar proponer publicar quitar realizar recibir recoger recopilar recordar redactar reducir registrar regar renovar reparar repasar repartir reportar \
resolver responder reservar restaurar resumir reunir revisar sacar seguir seleccionar solicitar solucionar subir sustituir terminar tomar traducir traer transferir tramitar validar verificar visitar volver votar \
envia envie revisa revise prepara prepare llama llame compra compre confirma confirme manda mande reserva reserve entrega entregue firma firme actualiza actualice termina termine completa complete paga pague lee lea escribe escriba \
haz haga pon ponga sube suba trae traiga pide pida organiza organice comparte comparta compartir avisa avise contacta contacte recuerda recuerde responde responda corrige corrija publica publique imprime imprima recoge recoja devuelve devuelva \
enviame enviarme mandame mandarme pasame pasarme dime decirme llamame llamarme avisame enviarnos enviadme confirmame confirmarme ayudame comprar";
